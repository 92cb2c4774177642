import type { AddressInfo, Socket } from "node:net";
import { createServer } from "node:tls";

import type { Credential } from "../pki/credential";
import { alertIn } from "./alerts";

/** A TLS server in the place of another, and what came to it. */
export interface RogueServer {
  readonly port: number;
  /** How each handshake ended: the client's alert, or "completed". */
  readonly handshakes: readonly string[];
  /** Bytes of application data, after decryption. */
  readonly bytes: number;
  readonly close: () => Promise<void>;
}

/** Starts a TLS server that takes every client, and notes what they say. */
export async function rogueServer(
  credential: Credential,
  listenAddress: string,
): Promise<RogueServer> {
  const handshakes: string[] = [];
  let bytes = 0;
  const server = createServer(
    {
      cert: credential.chainPem,
      key: credential.privateKeyPem,
      // It would take the client's certificate, as the real one does, to learn whether it is shown.
      requestCert: true,
      rejectUnauthorized: false,
      ALPNProtocols: ["h2", "http/1.1"],
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
    const alert = alertIn(error.message);
    handshakes.push(alert === undefined ? error.message : `alert "${alert}"`);
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
        // Closing waits for its connections, and a client may keep one for later.
        for (const socket of open) socket.destroy();
      }),
  };
}
