import { request as httpRequest, type IncomingMessage } from "node:http";
import type { Socket } from "node:net";
import { TLSSocket } from "node:tls";

import { type ProbeResult, resultOf, type Stage } from "./result";

/** An HTTP request, and how long to wait for its answer. */
export interface ProbeRequest {
  readonly address: string;
  readonly port: number;
  /** Host header. */
  readonly host: string;
  /** @default "/" */
  readonly path?: string;
  /** @default {} */
  readonly headers?: Readonly<Record<string, string>>;
  /** For all of it, from connecting to the last byte. @default 10000 */
  readonly timeoutMs?: number;
}

/**
 * A server that refuses a client's TLS 1.3 certificate does so when the client already thinks that the handshake
 * is over. Writing at once would race with its alert; this much silence says that none comes. (A session ticket would
 * say so sooner, but BoringSSL sends its tickets along with the answer.)
 */
const ALERT_MS = 300;

/** Sends a GET over `socket`, which is still connecting, and takes whatever comes of it. Always resolves. */
export function exchange(socket: Socket, request: ProbeRequest): Promise<ProbeResult> {
  const timeoutMs = request.timeoutMs ?? 10_000;
  const overTls = socket instanceof TLSSocket ? socket : undefined;
  let stage: Stage = "connection";
  return new Promise((resolve) => {
    const finish = (result: ProbeResult) => {
      clearTimeout(timer);
      resolve(result);
      socket.destroy();
    };
    const fail = (error: NodeJS.ErrnoException) => {
      finish(
        overTls?.authorizationError
          ? { kind: "untrusted", reason: error.message }
          : resultOf(error, stage),
      );
    };
    const send = () => {
      if (socket.destroyed) return;
      const { host, path = "/", headers = {} } = request;
      const sent = httpRequest({
        createConnection: () => socket,
        path,
        headers: { ...headers, host, connection: "close" },
      });
      sent.once("error", fail);
      sent.once("response", (response) => {
        void answer(response, overTls).then(finish, fail);
      });
      sent.end();
    };
    const timer = setTimeout(() => {
      finish({ kind: "timeout", during: stage, seconds: timeoutMs / 1000 });
    }, timeoutMs);
    socket.on("error", fail);
    socket.once("close", () => {
      finish({ kind: "reset", during: stage });
    });
    socket.once("connect", () => {
      stage = overTls ? "handshake" : "request";
      if (!overTls) send();
    });
    overTls?.once("secureConnect", () => {
      stage = "request";
      if (overTls.getProtocol() !== "TLSv1.3") {
        send();
        return;
      }
      setTimeout(send, ALERT_MS);
    });
  });
}

async function answer(
  response: IncomingMessage,
  overTls: TLSSocket | undefined,
): Promise<ProbeResult> {
  const protocol = overTls?.getProtocol();
  const body: Buffer[] = [];
  for await (const chunk of response) body.push(chunk as Buffer);
  return {
    kind: "response",
    status: response.statusCode ?? 0,
    headers: response.headers,
    body: Buffer.concat(body).toString(),
    ...(protocol && { protocol }),
  };
}
