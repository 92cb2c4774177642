import {
  connect,
  createServer as createTcpServer,
  type AddressInfo,
  type Server,
  type Socket,
} from "node:net";
import { createServer, type TlsOptions } from "node:tls";

import { afterEach, beforeAll, expect, test, vi } from "vitest";

import { type Authority, createAuthority } from "../../../../checks/toolkit/pki/authority";
import type { Credential } from "../../../../checks/toolkit/pki/credential";
import { issue, validLeaf } from "../../../../checks/toolkit/pki/leaf";
import { parseAlert } from "../../../../checks/toolkit/probe/alerts";
import { plainProbe } from "../../../../checks/toolkit/probe/plain-probe";
import { isRefused } from "../../../../checks/toolkit/probe/refusal";
import { describeResult, classifyError } from "../../../../checks/toolkit/probe/result";
import { startRogueServer } from "../../../../checks/toolkit/probe/rogue-server";
import { tlsProbe, type TlsProbeRequest } from "../../../../checks/toolkit/probe/tls-probe";

const HOST = "application.test";

/** A TLS record with an alert (RFC 8446, 5.1 and 6). */
function fatalAlert(number: number): Buffer {
  const [alert, fatal] = [21, 2];
  return Buffer.from([alert, 3, 3, 0, 2, fatal, number]);
}

let root: Authority;
let ca: string;
let credentials: { server: Credential; client: Credential; stranger: Credential };
let closers: (() => void)[] = [];

beforeAll(async () => {
  root = await createAuthority("root");
  ca = root.certificate.toString("pem");
  const other = await createAuthority("other root");
  const client = validLeaf({ usage: "clientAuth", dnsNames: ["client.test"] });
  credentials = {
    server: await issue(validLeaf({ usage: "serverAuth", dnsNames: [HOST] }), root),
    client: await issue(client, root),
    stranger: await issue(client, other),
  };
});

afterEach(() => {
  for (const close of closers) close();
  closers = [];
});

async function listen(server: Server): Promise<number> {
  const open = new Set<Socket>();
  server.on("connection", (socket: Socket) => open.add(socket));
  closers.push(() => {
    for (const socket of open) socket.destroy();
    server.close();
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  return (server.address() as AddressInfo).port;
}

/** A server that requires certificates of the root, and answers with the request. */
function mutual(options: TlsOptions = {}): Promise<number> {
  const { chainPem: cert, privateKeyPem: key } = credentials.server;
  const server = createServer(
    { cert, key, ca, requestCert: true, rejectUnauthorized: true, ...options },
    (socket) => {
      socket.on("error", () => undefined);
      socket.once("data", (request: Buffer) => {
        const length = `content-length: ${request.length}`;
        socket.end(Buffer.concat([Buffer.from(`HTTP/1.1 200 OK\r\n${length}\r\n\r\n`), request]));
      });
    },
  );
  server.on("tlsClientError", () => undefined);
  return listen(server);
}

async function probe(port: number, overrides: Partial<TlsProbeRequest> = {}) {
  const request = { address: "127.0.0.1", port, host: HOST, ca, timeoutMs: 3000, ...overrides };
  return tlsProbe(request);
}

test.each(["TLSv1.2", "TLSv1.3"] as const)(
  "an accepted client gets its answer, over %s",
  async (version) => {
    const result = await probe(await mutual(), {
      credential: credentials.client,
      minVersion: version,
      maxVersion: version,
      path: "/headers?mark",
      headers: { "x-mark": "7" },
    });

    expect(result).toMatchObject({ kind: "response", status: 200, protocol: version });
    expect(result.kind === "response" && result.body).toMatch(
      /^GET \/headers\?mark HTTP\/1.1\r\n[^]*x-mark: 7\r\nhost: application.test\r\n/i,
    );
  },
);

test("a client without a certificate sees the alert, although its own handshake succeeded", async () => {
  const result = await probe(await mutual(), { minVersion: "TLSv1.3" });

  expect(result).toEqual({ kind: "alert", alert: "certificate required" });
});

test("in TLS 1.3 the request waits for a late alert", async () => {
  let waited = 0;
  const { chainPem: cert, privateKeyPem: key } = credentials.server;
  const port = await listen(
    createServer({ cert, key }, (socket) => {
      const start = performance.now();
      socket.once("data", () => {
        waited = performance.now() - start;
        socket.end("HTTP/1.1 204 No\r\n\r\n");
      });
    }),
  );

  expect(await probe(port)).toMatchObject({ kind: "response", status: 204 });
  expect(waited).toBeGreaterThan(200);
});

test("in TLS 1.3 a second connection waits for an alert that was later than the request", async () => {
  const server = await mutual();
  let connections = 0;
  const slow = await listen(
    createTcpServer((client) => {
      connections += 1;
      const upstream = connect(server, "127.0.0.1");
      upstream.on("error", () => undefined).pipe(client);
      client.on("error", () => undefined);
      client.once("data", (hello) => {
        upstream.write(hello);
        if (connections === 1) {
          client.once("data", () => client.once("data", () => client.resetAndDestroy()));
        } else {
          client.once("data", (rest) => setTimeout(() => upstream.write(rest), 600));
        }
      });
    }),
  );

  const result = await probe(slow, { minVersion: "TLSv1.3" });

  expect(result).toEqual({ kind: "alert", alert: "certificate required" });
  expect(connections).toBe(2);
});

test("in TLS 1.2 a missing certificate has another alert", async () => {
  const result = await probe(await mutual(), { maxVersion: "TLSv1.2" });

  expect(result).toEqual({ kind: "alert", alert: "handshake failure" });
});

test.each([
  [42, "bad certificate"],
  [43, "unsupported certificate"],
  [44, "certificate revoked"],
  [45, "certificate expired"],
  [46, "certificate unknown"],
  [48, "unknown ca"],
  [112, "unrecognized name"],
])("alert %i is %s", async (number, alert) => {
  const port = await listen(
    createTcpServer((socket) => socket.once("data", () => socket.end(fatalAlert(number)))),
  );

  expect(await probe(port)).toEqual({ kind: "alert", alert });
});

test("a server that closes the connection after a certificate has sent no alert", async () => {
  // Node's servers check certificates after the handshake.
  const result = await probe(await mutual(), { credential: credentials.stranger });

  expect(result).toEqual({ kind: "reset", during: "request" });
});

test("an unsupported version is refused with an alert", async () => {
  const result = await probe(await mutual({ minVersion: "TLSv1.3" }), {
    credential: credentials.client,
    maxVersion: "TLSv1.2",
  });

  expect(result).toEqual({ kind: "alert", alert: "protocol version" });
});

test("an unsupported cipher is refused with an alert", async () => {
  const port = await mutual({ maxVersion: "TLSv1.2", ciphers: "ECDHE-ECDSA-AES256-GCM-SHA384" });
  const result = await probe(port, {
    credential: credentials.client,
    maxVersion: "TLSv1.2",
    ciphers: "ECDHE-ECDSA-AES128-GCM-SHA256",
  });

  expect(result).toEqual({ kind: "alert", alert: "handshake failure" });
});

test("the server's certificate must chain to the root and name the host", async () => {
  const port = await mutual();
  const credential = credentials.client;
  const otherRoot = (await createAuthority("yet another")).certificate.toString("pem");

  expect(await probe(port, { credential, ca: otherRoot })).toMatchObject({ kind: "untrusted" });
  expect(await probe(port, { credential, serverName: "x.test", sni: HOST })).toMatchObject({
    kind: "untrusted",
    reason: expect.stringContaining("x.test") as string,
  });
  expect(await probe(port, { credential, host: "x.test", serverName: HOST })).toMatchObject({
    kind: "response",
  });
});

test("a server that closes, one that is not there and one that is silent are told apart", async () => {
  const closing = await listen(createTcpServer((socket) => socket.destroy()));
  const silent = await listen(createTcpServer(() => undefined));

  expect(await probe(closing)).toEqual({ kind: "reset", during: "handshake" });
  expect(await probe(1)).toEqual({ kind: "unreachable", reason: "ECONNREFUSED" });
  const timeout = await probe(silent, { timeoutMs: 100 });
  expect(timeout).toEqual({ kind: "timeout", during: "handshake", seconds: 0.1 });
  expect(describeResult(timeout)).toBe("time-out after 0.1 s during the handshake");
});

test("plain HTTP on a TLS port is closed, and a plain server answers", async () => {
  const closing = await listen(
    createTcpServer((socket) => socket.once("data", () => socket.destroy())),
  );
  const plain = await listen(
    createTcpServer((socket) => socket.once("data", () => socket.end("HTTP/1.1 204 No\r\n\r\n"))),
  );
  const at = (port: number) => plainProbe({ address: "127.0.0.1", port, host: HOST });

  expect(await at(closing)).toEqual({ kind: "reset", during: "request" });
  expect(await at(plain)).toMatchObject({ kind: "response", status: 204 });
});

test("an error of the probe is not a refusal", async () => {
  const result = await probe(await mutual(), { ciphers: "NO-SUCH-SUITE" });

  expect(result.kind).toBe("failed");
});

test("a refusal matches only its own manner", () => {
  const alert = { kind: "alert", alert: "unknown ca" } as const;
  const timeout = { kind: "timeout", during: "request", seconds: 1 } as const;
  const response = { kind: "response", status: 403, headers: {}, body: "" } as const;

  expect(isRefused(alert, { alert: "unknown ca" })).toBe(true);
  expect(isRefused(alert, { alert: "certificate unknown" })).toBe(false);
  expect(isRefused(response, { status: 403 })).toBe(true);
  expect(isRefused({ ...response, status: 200 }, { status: 403 })).toBe(false);
  expect(isRefused({ kind: "reset", during: "handshake" }, { closed: true })).toBe(true);
  for (const refusal of [{ alert: "unknown ca" }, { status: 403 }, { closed: true }] as const) {
    expect(isRefused(timeout, refusal)).toBe(false);
    expect(isRefused({ kind: "unreachable", reason: "ECONNREFUSED" }, refusal)).toBe(false);
  }
});

test.each([
  [
    "…:tlsv13 alert certificate required:…/rec_layer_s3.c:1605:SSL alert number 116\n",
    "certificate required",
  ],
  ["…:ssl/tls alert certificate unknown:…:SSL alert number 46\n", "certificate unknown"],
  [
    "OpenSSL SSL_read: error:0A00045C:SSL routines::tlsv13 alert certificate required, errno 0",
    "certificate required",
  ],
  [
    "TLS connect error: error:0A000410:SSL routines::ssl/tls alert handshake failure",
    "handshake failure",
  ],
  ["read ECONNRESET", undefined],
])("the alert in %j", (message, alert) => {
  expect(parseAlert(message)).toBe(alert);
});

test("an unknown error keeps its message", () => {
  expect(classifyError(new Error("odd"), "request")).toEqual({ kind: "failed", reason: "odd" });
});

test("the rogue server records the client's alert", async () => {
  const server = await startRogueServer(credentials.server, "127.0.0.1");
  closers.push(() => void server.close());
  // Node's clients check certificates too late to send an alert, so a server between the two sends it.
  const between = await listen(
    createTcpServer((client) => {
      const onward = connect(server.port, "127.0.0.1");
      client.once("data", (hello) => onward.write(hello));
      onward.once("data", () => onward.end(fatalAlert(48)));
      onward.once("close", () => client.destroy());
    }),
  );
  await probe(between, { maxVersion: "TLSv1.2" });

  await vi.waitUntil(() => server.handshakes.length > 0);
  expect(server.handshakes).toEqual(['alert "unknown ca"']);
  expect(server.bytes).toBe(0);
});

test("the rogue server counts received bytes", async () => {
  const server = await startRogueServer(credentials.server, "127.0.0.1");
  await probe(server.port);

  // The probe connects again after a reset.
  expect(new Set(server.handshakes)).toEqual(new Set(["completed"]));
  expect(server.bytes).toBeGreaterThan(0);
  await server.close();
});
