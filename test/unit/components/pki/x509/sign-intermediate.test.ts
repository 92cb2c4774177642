import { execFileSync } from "node:child_process";
import { X509Certificate } from "node:crypto";
import { writeFileSync } from "node:fs";
import { join } from "node:path";

import { beforeAll, describe, expect, test } from "vitest";

import { type Authority, createAuthority } from "../../../../../checks/toolkit/pki/authority";
import { exportPrivateKey } from "../../../../../checks/toolkit/pki/keys";
import { issue, type Leaf, validLeaf } from "../../../../../checks/toolkit/pki/leaf";
import { x509 } from "../../../../../checks/toolkit/pki/x509";
import {
  type IntermediateArgs,
  signIntermediate,
} from "../../../../../components/pki/x509/sign-intermediate";
import { useTempFolder } from "../../../../support/temp-folder";

const folder = useTempFolder();

let root: Authority;
let draft: Authority;
let args: IntermediateArgs;

beforeAll(async () => {
  root = await createAuthority("root.test");
  draft = await createAuthority("client CA");
  args = {
    draftPem: draft.certificate.toString("pem"),
    rootCertPem: root.certificate.toString("pem"),
    rootPrivateKeyPem: await exportPrivateKey(root.privateKey),
    permitted: {
      dnsNames: ["client.test", "istio-system.svc"],
      uriHosts: ["client.test"],
      except: ["other.client.test"],
    },
  };
});

test("the root signs it, with the draft's subject, key and dates", () => {
  const signed = new X509Certificate(signIntermediate(args));
  const original = new X509Certificate(args.draftPem);
  const issuer = new X509Certificate(args.rootCertPem);
  expect(signed.checkIssued(issuer) && signed.verify(issuer.publicKey)).toBe(true);
  for (const field of ["subject", "validFrom", "validTo"] as const) {
    expect(signed[field]).toBe(original[field]);
  }
  expect(signed.publicKey.equals(original.publicKey)).toBe(true);
});

test("the same arguments give the same certificate; other names give another serial number", () => {
  expect(signIntermediate(args)).toBe(signIntermediate(args));
  const other = signIntermediate({
    ...args,
    permitted: { ...args.permitted, uriHosts: ["else.test"] },
  });
  const serials = [signIntermediate(args), other, args.draftPem].map(
    (pem) => new X509Certificate(pem).serialNumber,
  );
  expect(new Set(serials).size).toBe(3);
  expect(serials[0]).toMatch(/^[4-7][0-9A-F]{31}$/);
});

describe("OpenSSL", () => {
  /** Whether OpenSSL accepts a leaf of the intermediate; else its error. */
  async function verify(changes: Partial<Leaf>, issuer?: Authority): Promise<string> {
    const certificate = new x509.X509Certificate(signIntermediate(args));
    const intermediate = { ...draft, certificate };
    const names = validLeaf({ usage: "clientAuth", dnsNames: ["client.test"] });
    const leaf = await issue({ ...names, ...changes }, issuer ?? intermediate);
    writeFileSync(join(folder(), "root.pem"), args.rootCertPem);
    writeFileSync(join(folder(), "chain.pem"), `${leaf.chainPem}${certificate.toString("pem")}\n`);
    writeFileSync(join(folder(), "leaf.pem"), leaf.chainPem);
    try {
      execFileSync(
        "openssl",
        ["verify", "-CAfile", "root.pem", "-untrusted", "chain.pem", "leaf.pem"],
        { cwd: folder(), encoding: "utf8", stdio: "pipe" },
      );
      return "OK";
    } catch (error) {
      return /error \d+ at [^:]*: *(.*)/.exec((error as { stderr: string }).stderr)?.[1] ?? "?";
    }
  }

  test.each<[string, Partial<Leaf>]>([
    ["the mesh's DNS name", {}],
    ["a subdomain of it", { dnsNames: ["gateway.client.test"] }],
    ["a SPIFFE ID of the mesh", { dnsNames: [], uris: ["spiffe://client.test/ns/a/sa/b"] }],
    ["istiod", { dnsNames: ["istiod.istio-system.svc"] }],
  ])("accepts %s", async (_, names) => {
    expect(await verify(names)).toBe("OK");
  });

  test.each<[string, Partial<Leaf>, string]>([
    [
      "another DNS name",
      { dnsNames: ["client.test", "server.test"] },
      "permitted subtree violation",
    ],
    [
      "another trust domain",
      { uris: ["spiffe://server.test/ns/a/sa/b"] },
      "permitted subtree violation",
    ],
    [
      "a subdomain that is another mesh's",
      { dnsNames: ["other.client.test"] },
      "excluded subtree violation",
    ],
    [
      "a subdomain as trust domain, if it is another mesh's",
      { uris: ["spiffe://other.client.test/ns/a/sa/b"] },
      "permitted subtree violation",
    ],
  ])("refuses %s", async (_, names, problem) => {
    expect(await verify(names)).toBe(problem);
  });

  test("refuses a further CA", async () => {
    const certificate = new x509.X509Certificate(signIntermediate(args));
    const further = await createAuthority("further CA", { ...draft, certificate });
    expect(await verify({}, further)).toBe("path length constraint exceeded");
  });
});
