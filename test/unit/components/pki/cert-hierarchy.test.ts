import { describe, expect, test } from "vitest";

import { CertHierarchy } from "../../../../components/pki/cert-hierarchy";
import type { CertHierarchyArgs } from "../../../../components/pki/cert-hierarchy-args";
import { named, record, valueOf } from "../../../support/record";
import { signingRequest } from "../../../support/signing-request";

const PARTNER = {
  name: "partner",
  dnsName: "mesh.partner.example",
  trustDomain: "mesh.partner.example",
};

const ARGS = {
  rootCommonName: "example.com",
  hosts: ["orders.example.com"],
  trustDomain: "mesh.example.com",
  clients: [PARTNER],
};

const recordHierarchy = (changes: Partial<CertHierarchyArgs> = {}) =>
  record(() => new CertHierarchy("certs", { ...ARGS, ...changes }));

test("every key is ECDSA P-256", async () => {
  const resources = await recordHierarchy();
  const keys = resources.filter(({ type }) => type === "tls:index/privateKey:PrivateKey");
  expect(keys.map(({ name }) => name).sort()).toEqual([
    "certs-client-partner-ca-key",
    "certs-drafts-key",
    "certs-root-key",
    "certs-server-ca-key",
    "certs-server-leaf-key",
  ]);
  for (const { inputs } of keys) {
    expect(inputs).toEqual({ algorithm: "ECDSA", ecdsaCurve: "P256" });
  }
});

test("a leaf may serve, and nothing else; the intermediate that the root signed issues it", async () => {
  const resources = await recordHierarchy();
  const leaf = named(resources, "certs-server-leaf-cert").inputs;
  expect(leaf).toMatchObject({
    allowedUses: ["digital_signature", "server_auth"],
    caCertPem: "certificate of certs-server-ca-draft, signed by certs-root-cert",
  });
  expect(leaf).not.toHaveProperty("isCaCertificate");
  expect(named(resources, "certs-server-leaf-request").inputs).toMatchObject({
    dnsNames: ARGS.hosts,
  });
});

test("drafts of intermediates are signed by an authority that nobody trusts", async () => {
  const resources = await recordHierarchy();
  for (const mesh of ["server", "client-partner"]) {
    expect(named(resources, `certs-${mesh}-ca-draft`).inputs).toMatchObject({
      caCertPem: "certificate of certs-drafts-cert",
      caPrivateKeyPem: "private key of certs-drafts-key",
    });
  }
});

test("each certificate is renewed in the last third of its validity", async () => {
  const resources = await recordHierarchy({ lifetimes: { leafHours: 30 } });
  expect(named(resources, "certs-server-leaf-cert").inputs).toMatchObject({
    validityPeriodHours: 30,
    earlyRenewalHours: 10,
  });
  expect(named(resources, "certs-root-cert").inputs).toMatchObject({
    validityPeriodHours: 87_600,
    earlyRenewalHours: 29_200,
  });
});

test("a client's own signing request is signed, and the component makes no key for it", async () => {
  const signingRequestPem = signingRequest({ CN: "own intermediate CA" });
  const resources = await recordHierarchy({
    clients: [{ ...PARTNER, name: "own", signingRequestPem }],
  });
  expect(named(resources, "certs-client-own-ca-draft").inputs).toMatchObject({
    certRequestPem: signingRequestPem,
  });
  expect(resources.some(({ name }) => name === "certs-client-own-ca-key")).toBe(false);
});

describe("protection", () => {
  test("the option protect protects every key, and no certificate: a protected one could not be renewed", async () => {
    const resources = await record(() => new CertHierarchy("certs", ARGS, { protect: true }));
    const held = resources.filter(({ options }) => options.protect);
    const names = held.filter(({ type }) => type.startsWith("tls:")).map(({ name }) => name);
    expect(names.sort()).toEqual([
      "certs-client-partner-ca-key",
      "certs-drafts-key",
      "certs-root-key",
      "certs-server-ca-key",
      "certs-server-leaf-key",
    ]);
  });

  test("protectRoot protects the root's key only", async () => {
    const resources = await record(
      () => new CertHierarchy("certs", { ...ARGS, protectRoot: true }),
    );
    const held = resources.filter(({ options }) => options.protect);
    expect(held.map(({ name }) => name)).toEqual(["certs-root-key"]);
  });
});

describe("revocation lists", () => {
  const OWN = {
    ...PARTNER,
    name: "own",
    signingRequestPem: signingRequest({ CN: "own intermediate CA" }),
  };

  async function crlPemOf(changes: Partial<CertHierarchyArgs>): Promise<string | undefined> {
    let list: string | undefined;
    await record(async () => {
      const { crlPem } = new CertHierarchy("certs", { ...ARGS, ...changes });
      list = crlPem && (await valueOf(crlPem));
    });
    return list;
  }

  const countLists = (pem = "") => pem.match(/BEGIN X509 CRL/g)?.length;

  test("do not exist when nothing is revoked", async () => {
    expect(await crlPemOf({})).toBeUndefined();
  });

  test("exist for the root and each intermediate as soon as one certificate is revoked", async () => {
    const revoked = [{ issuer: "partner", serial: "4be8" }];
    expect(countLists(await crlPemOf({ revoked }))).toBe(3);
  });

  test("are renewed like leaves, and when the list changes", async () => {
    const clockOf = async (serial: string) =>
      named(
        await recordHierarchy({ revoked: [{ issuer: "partner", serial }] }),
        "certs-crl-partner-clock",
      ).inputs;
    const clock = await clockOf("4be8");
    expect(clock).toMatchObject({ validityPeriodHours: 2160, earlyRenewalHours: 720 });
    expect((await clockOf("4be9"))["subject"]).not.toEqual(clock["subject"]);
  });

  test.each<[string, Partial<CertHierarchyArgs>, RegExp]>([
    [
      "of an unknown CA",
      { revoked: [{ issuer: "other", serial: "4be8" }] },
      /revoked\[0\]\.issuer: must be root, server, partner \(got "other"\)/,
    ],
    [
      "of a client that has its own key",
      { clients: [OWN], revoked: [{ issuer: "own", serial: "4be8" }] },
      /revoked\[0\]\.issuer: must not be a client with its own key/,
    ],
    [
      "while a client with its own key has no list",
      { clients: [OWN], revoked: [{ issuer: "root", serial: "4be8" }] },
      /clients\[0\]\.crlPem: is missing, and without it the gateway would refuse this client/,
    ],
    [
      "by a serial number that is not hexadecimal",
      { revoked: [{ issuer: "root", serial: "4xe8" }] },
      /revoked\[0\]\.serial: must be a serial number \(got "4xe8"\)/,
    ],
  ])("refuse a revocation %s", async (_, changes, message) => {
    await expect(recordHierarchy(changes)).rejects.toThrow(message);
  });
});
