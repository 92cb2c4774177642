import type { AddressInfo, Socket } from "node:net";
import { createServer, type TlsOptions } from "node:tls";

import type { Credential } from "../pki/credential";
import { parseAlert } from "./alerts";

/** The client offers no TLS version that the server accepts. */
export const NO_COMMON_VERSION = "no common TLS version";

/** A TLS server in the place of the real one. It records what clients do. */
export interface RogueServer {
  readonly port: number;
  /** How each handshake ended: the client's alert, {@link NO_COMMON_VERSION}, or "completed". */
  readonly handshakes: readonly string[];
  /** Number of bytes of application data received. */
  readonly bytes: number;
  readonly close: () => Promise<void>;
}

/** Starts a TLS server that accepts every client, unless `options` limit it. */
export async function startRogueServer(
  credential: Credential,
  listenAddress: string,
  options: TlsOptions = {},
): Promise<RogueServer> {
  const handshakes: string[] = [];
  let bytes = 0;
  const server = createServer(
    {
      cert: credential.chainPem,
      key: credential.privateKeyPem,
      // Request the client's certificate as the real server does, but accept any.
      requestCert: true,
      rejectUnauthorized: false,
      ALPNProtocols: ["h2", "http/1.1"],
      ...options,
    },
    (socket) => {
      handshakes.push("completed");
      socket.on("error", () => undefined);
      socket.on("data", (chunk: Buffer) => {
        bytes += chunk.length;
        socket.end();
      });
    },
  );
  server.on("tlsClientError", (error) => {
    handshakes.push(describeFailure(error));
  });
  const open = new Set<Socket>();
  server.on("connection", (socket: Socket) => {
    open.add(socket);
    socket.once("close", () => open.delete(socket));
  });
  await new Promise<void>((resolve, reject) => {
    server.once("error", reject);
    server.listen(0, listenAddress, resolve);
  });
  return {
    port: (server.address() as AddressInfo).port,
    handshakes,
    get bytes() {
      return bytes;
    },
    close: () =>
      new Promise((resolve) => {
        server.close(() => {
          resolve();
        });
        // close() waits for open connections, and clients keep theirs for later requests.
        for (const socket of open) socket.destroy();
      }),
  };
}

function describeFailure(error: Error & { readonly code?: string }): string {
  if (error.code === "ERR_SSL_UNSUPPORTED_PROTOCOL") return NO_COMMON_VERSION;
  const alert = parseAlert(error.message);
  return alert === undefined ? error.message : `alert "${alert}"`;
}
