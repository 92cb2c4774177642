import { once } from "node:events";
import { createSecureServer, type ServerHttp2Session } from "node:http2";
import type { AddressInfo } from "node:net";

import { expect, onTestFinished, test } from "vitest";

import { createAuthority } from "../../../../checks/toolkit/pki/authority";
import { issue, validLeaf } from "../../../../checks/toolkit/pki/leaf";
import { openDeafConnection } from "../../../../lab/scenario/deaf-connection";
import type { Meshes } from "../../../../checks/meshes";

const HOST = "orders.example";

test("a client that ignores GOAWAY sends requests until the connection is closed", async () => {
  const ca = await createAuthority("root");
  const { chainPem, privateKeyPem } = await issue(
    validLeaf({ usage: "serverAuth", dnsNames: [HOST] }),
    ca,
  );
  const server = createSecureServer({ cert: chainPem, key: privateKeyPem });
  onTestFinished(() => void server.close());
  const paths: string[] = [];
  let session: ServerHttp2Session | undefined;
  server.on("session", (started) => (session = started));
  server.on("stream", (stream, headers) => {
    paths.push(`${headers[":authority"]}${headers[":path"]}`);
    stream.respond({ ":status": 200 });
    stream.end();
  });
  await once(server.listen(0, "127.0.0.1"), "listening");
  const { port } = server.address() as AddressInfo;
  const meshes = {
    ingress: { address: "127.0.0.1", port },
    rootCertPem: ca.certificate.toString("pem"),
  } as Meshes;

  const startedAt = Date.now();
  const connection = openDeafConnection(meshes, HOST, { chainPem, privateKeyPem });
  setTimeout(() => session?.destroy(), 900);
  const last = await connection.lastSuccess;

  expect(paths.length).toBeGreaterThan(2);
  expect(new Set(paths)).toEqual(new Set([`${HOST}/headers`]));
  expect(last - startedAt).toBeGreaterThan(250);
});
