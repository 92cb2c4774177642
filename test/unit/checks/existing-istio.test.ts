import { beforeAll, describe, expect, test, vi } from "vitest";

import type { Check, CheckContext } from "../../../checks/check";
import type { Meshes } from "../../../checks/meshes";
import { checks } from "../../../checks/suites";
import { compareTrust } from "../../../checks/suites/certificates/trust-anchors";
import { CannotRun } from "../../../checks/toolkit/cannot-run";
import { programCertificates } from "../../../checks/toolkit/fixtures/program-certificates";
import { testCertificates } from "../../../checks/toolkit/fixtures/test-certificates";
import type { Kubectl } from "../../../checks/toolkit/kubectl";
import { type Authority, createAuthority } from "../../../checks/toolkit/pki/authority";
import { exportPrivateKey } from "../../../checks/toolkit/pki/keys";
import { answered, failed, fakeContext, fakeKubectl, OK } from "../../support/checks";

/** A context in which neither mesh has a CA of the program. */
function existing(run: Kubectl, overrides: Partial<Meshes> = {}): CheckContext {
  const { meshes } = fakeContext(run);
  return fakeContext(run, {
    server: { ...meshes.server, existingIstio: true, hasOtherCa: true },
    client: { ...meshes.client, existingIstio: true, hasOtherCa: true },
    ...overrides,
  });
}

function find(slug: Check["slug"]): Check {
  const found = checks.find((check) => check.slug === slug);
  if (!found) throw new Error(`no check ${slug}`);
  return found;
}

const json = (value: object) => ({ ...OK, stdout: JSON.stringify(value) });
const base64 = (text: string) => Buffer.from(text).toString("base64");
/** Answers every question with nothing. */
const nothing = fakeKubectl([["", json({ items: [] })]]).run;

let root: Authority;
let serverCa: Authority;
let clientCa: Authority;
beforeAll(async () => {
  root = await createAuthority("root");
  serverCa = await createAuthority("server CA", root);
  clientCa = await createAuthority("client CA", root);
});

describe("the key of a client's CA is not in a cluster whose mesh has a CA of its own", () => {
  test("so test certificates need it from elsewhere", async () => {
    await expect(testCertificates.create(existing(nothing))).rejects.toThrow(CannotRun);
    const privateKeyPem = await exportPrivateKey(clientCa.privateKey);
    const pem = { certPem: clientCa.certificate.toString("pem"), privateKeyPem };
    const context = existing(nothing, { otherIntermediates: { "": pem } });
    const found = await testCertificates.create(context);
    expect(found.clientCa.certificate.equal(clientCa.certificate)).toBe(true);
    await expect(found.readServerCa()).rejects.toThrow(CannotRun);
  });

  test("and must not be there", async () => {
    const secretWith = async ({ privateKey }: Authority) => ({
      items: [
        {
          metadata: { namespace: "httpbin", name: "stray" },
          data: { key: base64(await exportPrivateKey(privateKey)) },
        },
      ],
    });
    const observe = async (answer: object) => {
      const { run } = fakeKubectl([
        ["secret", json(answer)],
        ["configmap", json({ items: [] })],
      ]);
      const context = existing(run);
      const certificates = [
        { name: "root", certificate: root.certificate },
        { name: "server CA", certificate: serverCa.certificate },
        { name: "client CA", certificate: clientCa.certificate },
      ];
      return find("secrets/ca-keys").run({
        ...context,
        use: (fixture) =>
          Object.is(fixture, programCertificates)
            ? Promise.resolve(certificates as never)
            : context.use(fixture),
      });
    };
    expect(await observe({ items: [] })).toMatchObject({ pass: true });
    expect(await observe(await secretWith(clientCa))).toMatchObject({
      pass: false,
      observed: expect.stringContaining("client: secret httpbin/stray") as string,
    });
  });
});

test("its workload certificates do not chain to the gateways' root", () => {
  for (const mesh of ["server", "client"] as const) {
    const { expectedFor } = find(`ingress/${mesh}-workload-certificate`);
    expect(expectedFor?.(existing(nothing).meshes)).toContain("unknown ca");
    expect(expectedFor?.(fakeContext(nothing).meshes)).toContain("certificate unknown");
  }
});

test("the Secrets of its CA are not the program's", async () => {
  expect(await find("secrets/ca-secrets").run(existing(nothing))).toEqual({
    skipped: "both meshes have CAs of their own",
  });
});

test("its proxies may trust what they like, but both gateways trust the same roots", async () => {
  const secretOf = ({ certificate }: Authority) => ({
    ...OK,
    stdout: base64(certificate.toString("pem")),
  });
  const same = fakeKubectl([["secret gateway-credential", secretOf(root)]]).run;
  expect(await compareTrust(existing(same).meshes)).toMatchObject({ problems: [], proxies: 0 });
  const other = fakeKubectl([["secret gateway-credential", secretOf(serverCa)]]).run;
  const { client } = existing(other).meshes;
  const { problems } = await compareTrust(existing(same, { client }).meshes);
  expect(problems).toEqual([expect.stringMatching(/^egress: trusts root /)]);
});

describe("the format of its access log is its own", () => {
  const observe = async (slug: Check["slug"], context: typeof existing, fields: string) => {
    const run: Kubectl = (args) => {
      if (args[0] !== "logs") {
        mark = /check-[\w-]+/.exec(args.join(" "))?.[0] ?? mark;
        return Promise.resolve(answered(200));
      }
      return Promise.resolve({ ...OK, stdout: `"GET /headers?${mark} HTTP/2" 200 ${fields}` });
    };
    let mark = "";
    return find(slug).run(context(run));
  };

  test.each(["path/through-egress-gateway", "path/tls13-between-meshes"] as const)(
    "so %s is skipped without the field",
    async (slug) => {
      expect(await observe(slug, existing, "")).toEqual({
        skipped: "the access log of the existing Istio lacks the field",
      });
      expect(await observe(slug, fakeContext, "")).toMatchObject({ pass: false });
      const fields = 'upstream_tls=TLSv1.3 downstream_peer="spiffe://x/ns/app/sa/client"';
      expect(await observe(slug, existing, fields)).toMatchObject({ pass: true });
    },
  );
});

test("its sidecars may log nothing, so a connection that was closed counts only if they log it", async () => {
  vi.useFakeTimers({ toFake: ["Date"] });
  const observe = (context: typeof existing, log: string) => {
    const run: Kubectl = (args) => {
      if (args[0] !== "logs") return Promise.resolve(failed(35, "SSL_ERROR_SYSCALL"));
      vi.advanceTimersByTime(20_000);
      return Promise.resolve({ ...OK, stdout: log });
    };
    return find("egress/direct-with-sidecar").run(context(run));
  };
  const line = "- - - BlackHoleCluster - 203.0.113.65:443 10.2.0.5:40000";
  expect(await observe(existing, line)).toMatchObject({ pass: true });
  expect(await observe(existing, "")).toEqual({
    skipped: "closed, but the sidecars of the existing Istio do not log BlackHoleCluster",
  });
  expect(await observe(fakeContext, "")).toMatchObject({ pass: false });
  vi.useRealTimers();
});
