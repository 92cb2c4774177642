import { request } from "node:https";

import type { Meshes } from "../../checks/meshes";
import type { Credential } from "../../checks/toolkit/pki/credential";
import { UPGRADE_HEADERS, webSocketFrame } from "../../checks/toolkit/websocket";
import type { LiveConnection } from "./live-connection";

const INTERVAL_MS = 250;

/** Opens a WebSocket through the ingress gateway, and sends messages on it until the gateway closes it. */
export function openLiveStream(
  { ingress: { address, port }, rootCertPem }: Meshes,
  host: string,
  { chainPem, privateKeyPem }: Credential,
): LiveConnection {
  const lastSuccess = new Promise<number>((resolve, reject) => {
    const opening = request({
      ...{ host: address, port, servername: host, path: "/websocket/echo", agent: false },
      ...{ ca: rootCertPem, cert: chainPem, key: privateKeyPem },
      headers: { Host: host, ...UPGRADE_HEADERS },
    });
    opening.once("upgrade", (_, socket) => {
      let last = Number.NaN;
      const message = Buffer.from(webSocketFrame(0x1, "still here"));
      const sending = setInterval(() => socket.write(message), INTERVAL_MS);
      socket.on("data", () => (last = Date.now()));
      socket.on("error", () => undefined);
      socket.once("close", () => {
        clearInterval(sending);
        resolve(last);
      });
    });
    opening.once("response", ({ statusCode }) => {
      reject(new Error(`a WebSocket to ${host} must open (got the status ${String(statusCode)})`));
    });
    opening.once("error", reject);
    opening.end();
  });
  return { lastSuccess };
}
