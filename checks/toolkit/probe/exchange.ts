import { request as httpRequest, type IncomingMessage } from "node:http";
import type { Socket } from "node:net";
import { TLSSocket } from "node:tls";

import { classifyError, type ProbeResult, type Stage } from "./result";

/** An HTTP request. */
export interface ProbeRequest {
  readonly address: string;
  readonly port: number;
  /** Host header. */
  readonly host: string;
  /** @default "/" */
  readonly path?: string;
  /** @default {} */
  readonly headers?: Readonly<Record<string, string>>;
  /**
   * Time from the connection to the last byte, in milliseconds.
   *
   * @default 10000
   */
  readonly timeoutMs?: number;
  /**
   * In TLS 1.3 the client's handshake ends before the server has checked the client's certificate. A request sent at
   * once would race with the server's alert, so the probe first waits this long for an alert, in milliseconds. It cannot
   * wait for the session tickets instead: BoringSSL sends them with the response.
   *
   * @default 300
   */
  readonly alertMs?: number;
}

/** Sends a GET over a connecting socket and returns how the server answered. Never rejects. */
export function exchange(socket: Socket, request: ProbeRequest): Promise<ProbeResult> {
  const { timeoutMs = 10_000, alertMs = 300 } = request;
  const tlsSocket = socket instanceof TLSSocket ? socket : undefined;
  let stage: Stage = "connection";
  return new Promise((resolve) => {
    const finish = (result: ProbeResult) => {
      clearTimeout(timer);
      resolve(result);
      socket.destroy();
    };
    const fail = (error: NodeJS.ErrnoException) => {
      finish(
        tlsSocket?.authorizationError
          ? { kind: "untrusted", reason: error.message }
          : classifyError(error, stage),
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
        void readResponse(response, tlsSocket).then(finish, fail);
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
      stage = tlsSocket ? "handshake" : "request";
      if (!tlsSocket) send();
    });
    tlsSocket?.once("secureConnect", () => {
      stage = "request";
      if (tlsSocket.getProtocol() !== "TLSv1.3") {
        send();
        return;
      }
      setTimeout(send, alertMs);
    });
  });
}

async function readResponse(
  response: IncomingMessage,
  tlsSocket: TLSSocket | undefined,
): Promise<ProbeResult> {
  const protocol = tlsSocket?.getProtocol();
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
