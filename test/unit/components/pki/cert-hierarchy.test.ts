import { describe, expect, test } from "vitest";

import { CertHierarchy, type CertHierarchyArgs } from "../../../../components/pki/cert-hierarchy";
import { named, record } from "../../../support/record";
import { signingRequest } from "../../../support/signing-request";

const ARGS = {
  rootCommonName: "example.com",
  hosts: ["orders.example.com"],
  clients: [{ name: "partner" }],
};

const recordHierarchy = (changes: Partial<CertHierarchyArgs> = {}) =>
  record(() => new CertHierarchy("certs", { ...ARGS, ...changes }));

test("every key is ECDSA P-256", async () => {
  const resources = await recordHierarchy();
  const keys = resources.filter(({ type }) => type === "tls:index/privateKey:PrivateKey");
  expect(keys.map(({ name }) => name).sort()).toEqual([
    "certs-client-partner-ca-key",
    "certs-root-key",
    "certs-server-ca-key",
    "certs-server-leaf-key",
  ]);
  for (const { inputs } of keys) {
    expect(inputs).toEqual({ algorithm: "ECDSA", ecdsaCurve: "P256" });
  }
});

test("intermediates may sign, but no further CA; leaves may serve, and nothing else", async () => {
  const resources = await recordHierarchy();
  for (const mesh of ["server", "client-partner"]) {
    expect(named(resources, `certs-${mesh}-ca-cert`).inputs).toMatchObject({
      isCaCertificate: true,
      maxPathLength: 0,
      allowedUses: ["cert_signing", "crl_signing"],
      caCertPem: "certificate of certs-root-cert",
    });
  }
  const leaf = named(resources, "certs-server-leaf-cert").inputs;
  expect(leaf).toMatchObject({
    allowedUses: ["digital_signature", "server_auth"],
    caCertPem: "certificate of certs-server-ca-cert",
  });
  expect(leaf).not.toHaveProperty("isCaCertificate");
  expect(named(resources, "certs-server-leaf-request").inputs).toMatchObject({
    dnsNames: ARGS.hosts,
  });
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
  const resources = await recordHierarchy({ clients: [{ name: "own", signingRequestPem }] });
  expect(named(resources, "certs-client-own-ca-cert").inputs).toMatchObject({
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
