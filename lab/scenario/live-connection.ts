import { connect as connectHttp2 } from "node:http2";
import { setTimeout as delay } from "node:timers/promises";
import { connect as connectTls } from "node:tls";

import type { Meshes } from "../../checks/meshes";
import type { Credential } from "../../checks/toolkit/pki/credential";

const INTERVAL_MS = 250;

/** A connection of HTTP/2 from outside both meshes, on which requests are sent until the server ends or refuses it. */
export interface LiveConnection {
  /** When the last request succeeded, after the server has ended the connection or refused a request on it. */
  readonly lastSuccess: Promise<number>;
}

/** Opens a connection to the ingress gateway, and sends requests for `/headers` on it. */
export function openLiveConnection(
  { ingress: { address, port }, rootCertPem }: Meshes,
  host: string,
  { chainPem, privateKeyPem }: Credential,
): LiveConnection {
  const session = connectHttp2(`https://${host}`, {
    createConnection: () =>
      connectTls({
        ...{ host: address, port, servername: host, ALPNProtocols: ["h2"] },
        ...{ ca: rootCertPem, cert: chainPem, key: privateKeyPem },
      }),
  });
  session.on("error", () => undefined);
  const request = () =>
    new Promise<number | undefined>((resolve) => {
      const stream = session.request({ ":path": "/headers" });
      stream.once("response", ({ ":status": status }) => {
        resolve(status);
      });
      stream.once("error", () => undefined);
      stream.once("close", () => {
        resolve(undefined);
      });
      stream.resume();
      stream.end();
    });
  const send = async () => {
    let last = Number.NaN;
    // Node closes a session as soon as the server asks for that.
    while (!session.closed && !session.destroyed && (await request()) === 200) {
      last = Date.now();
      await delay(INTERVAL_MS);
    }
    session.destroy();
    return last;
  };
  return { lastSuccess: send() };
}
