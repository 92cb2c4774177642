import { createServer, type RequestListener } from "node:http";
import { createServer as createTlsServer } from "node:tls";

import { afterEach, describe, expect, test } from "vitest";

import type { CheckContext } from "../../../../checks/check";
import type { KnownClient } from "../../../../checks/meshes";
import { clientPolicies } from "../../../../checks/suites/ingress/client-policies";
import { everyClient } from "../../../../checks/suites/path/every-client";
import { createAuthority } from "../../../../checks/toolkit/pki/authority";
import { exportPrivateKey } from "../../../../checks/toolkit/pki/keys";
import { issue, validLeaf } from "../../../../checks/toolkit/pki/leaf";
import { SUSPENDED_BODY } from "../../../../components/mtls/server/suspension-notice";
import { fakeContext } from "../../../support/checks";

const HOSTS = ["a.test", "b.test"];
const client = (name: string, hosts: readonly string[], suspended = false): KnownClient => ({
  dnsName: `${name}.test`,
  uri: `spiffe://${name}.test/ns/x/sa/y`,
  hosts,
  suspended,
});
const ALL = client("all", HOSTS);
const SOME = client("some", ["a.test"]);
const NONE = client("none", [], true);

let stop: (() => void) | undefined;
afterEach(() => stop?.());

/** A context whose ingress gateway answers with `answer`, and the intermediates of all clients. */
async function contextWith(
  knownClients: readonly [KnownClient, ...KnownClient[]],
  answer: RequestListener,
): Promise<CheckContext> {
  const root = await createAuthority("root");
  const ca = await createAuthority("ca", root);
  const leaf = validLeaf({ usage: "serverAuth", dnsNames: HOSTS });
  const server = await issue(leaf, ca);
  const http = createServer(answer);
  const tls = createTlsServer(
    {
      cert: server.chainPem,
      key: server.privateKeyPem,
      ca: root.certificate.toString("pem"),
      requestCert: true,
      rejectUnauthorized: true,
    },
    (socket) => http.emit("connection", socket),
  );
  await new Promise<void>((resolve) => tls.listen(0, "127.0.0.1", resolve));
  stop = () => tls.close();
  const pem = {
    certPem: ca.certificate.toString("pem"),
    privateKeyPem: await exportPrivateKey(ca.privateKey),
  };
  const context = fakeContext(() => Promise.reject(new Error("no cluster")), {
    knownClients,
    ingress: { address: "127.0.0.1", port: (tls.address() as { port: number }).port },
    rootCertPem: root.certificate.toString("pem"),
    otherIntermediates: Object.fromEntries(
      knownClients.map(({ dnsName }) => [dnsName, pem] as const),
    ),
  });
  return {
    ...context,
    meshes: { ...context.meshes, server: { ...context.meshes.server, hosts: HOSTS } },
  };
}

/** Who asks, by the certificate. */
function nameOf(socket: unknown): string {
  const { subjectaltname = "" } = (
    socket as { getPeerCertificate: () => { subjectaltname?: string } }
  ).getPeerCertificate();
  return /DNS:(\w+)\.test/.exec(subjectaltname)?.[1] ?? "";
}

/** A gateway that does what the three clients' policies say, with `changes`. */
function gateway(
  changes: { readonly opens?: string; readonly silent?: true } = {},
): RequestListener {
  return ({ socket, headers }, response) => {
    const name = nameOf(socket);
    if (name === "none") {
      response.writeHead(403).end(changes.silent ? "RBAC: access denied" : SUSPENDED_BODY);
    } else if (name === "some" && headers.host !== "a.test" && changes.opens !== headers.host) {
      response.writeHead(403).end("RBAC: access denied");
    } else response.writeHead(200).end("ok");
  };
}

const run = (slug: string, context: CheckContext) => {
  const check = [...clientPolicies, ...everyClient].find((each) => each.slug === slug);
  if (!check) throw new Error(`no check ${slug}`);
  return check.run(context);
};

describe("every client", () => {
  test("gets 200 from each of its hosts", async () => {
    const context = await contextWith([ALL, SOME, NONE], gateway());
    expect(await run("path/every-client", context)).toEqual({ pass: true, observed: "3 × 200" });
  });

  test("fails by client and host", async () => {
    const context = await contextWith([ALL, client("some", HOSTS)], gateway());
    expect(await run("path/every-client", context)).toEqual({
      pass: false,
      observed: "some.test to b.test: 403 over TLSv1.3",
    });
  });
});

describe("a host that a client may not call", () => {
  test("must be refused, on a connection for that host and on another one", async () => {
    const context = await contextWith([ALL, SOME, NONE], gateway());
    expect(await run("ingress/host-of-other-clients", context)).toEqual({
      pass: true,
      observed: '2 × 403 "RBAC: access denied"',
    });
  });

  test("fails when the gateway lets it pass, or the application refuses", async () => {
    const open = await contextWith([SOME], gateway({ opens: "b.test" }));
    expect(await run("ingress/host-of-other-clients", open)).toMatchObject({
      pass: false,
      observed: expect.stringContaining('some.test to b.test: 200 "ok"') as unknown,
    });
    stop?.();
    const application = await contextWith([SOME], (_, response) => {
      response.writeHead(403).end("not yours");
    });
    expect(await run("ingress/host-of-other-clients", application)).toMatchObject({ pass: false });
  });

  test("is skipped when every client may call every host", async () => {
    const context = await contextWith([ALL, NONE], gateway());
    expect(await run("ingress/host-of-other-clients", context)).toHaveProperty("skipped");
  });
});

describe("a suspended client", () => {
  test("must get 403 and the reason, whatever its headers say", async () => {
    const context = await contextWith([ALL, NONE], gateway());
    expect(await run("ingress/suspended-client", context)).toMatchObject({ pass: true });
  });

  test("fails without the reason, and when a forged header helps", async () => {
    const silent = await contextWith([ALL, NONE], gateway({ silent: true }));
    expect(await run("ingress/suspended-client", silent)).toMatchObject({ pass: false });
    stop?.();
    const gullible = await contextWith([ALL, NONE], (request, response) => {
      if ("x-forwarded-client-cert" in request.headers) response.writeHead(200).end();
      else response.writeHead(403).end(SUSPENDED_BODY);
    });
    expect(await run("ingress/suspended-client", gullible)).toMatchObject({
      pass: false,
      observed: expect.stringContaining("with a forged XFCC header: 200") as unknown,
    });
  });
});
