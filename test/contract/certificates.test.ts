import * as tls from "@pulumi/tls";
import { afterAll, beforeAll, expect, test } from "vitest";

import { x509 } from "../../checks/toolkit/pki/x509";
import { createEngineHome, type EngineHome } from "./support/engine-home";
import { ContractStack, nameOf, type Change } from "./support/contract-stack";
import { PREPARE_MS } from "./support/lab-tools";

let home: EngineHome;
beforeAll(async () => {
  home = await createEngineHome();
}, PREPARE_MS);
afterAll(async () => {
  await home.remove();
});

const HOUR = 3_600_000;
const ecdsa = { algorithm: "ECDSA", ecdsaCurve: "P256" };

async function bringUp(name: string, program: () => void) {
  const stack = await ContractStack.open(home, name);
  await stack.up(() => {
    program();
    return Promise.resolve();
  });
  const resources = await stack.readResources();
  const outputs = (resource: string) => {
    const found = resources.find(({ urn }) => nameOf(urn) === resource);
    return found?.outputs ?? {};
  };
  const certificate = (resource: string) =>
    new x509.X509Certificate(String(outputs(resource)["certPem"]));
  return { stack, outputs, certificate };
}

function createHierarchy(): void {
  const ca = { isCaCertificate: true, allowedUses: ["cert_signing", "crl_signing"] };
  const subject = { commonName: "root", organization: "o" };
  const rootKey = new tls.PrivateKey("root-key", ecdsa);
  const root = new tls.SelfSignedCert("root", {
    ...ca,
    subject,
    privateKeyPem: rootKey.privateKeyPem,
    validityPeriodHours: 48,
  });
  const key = new tls.PrivateKey("key", ecdsa);
  const intRequest = new tls.CertRequest("int-request", {
    privateKeyPem: key.privateKeyPem,
    subject: { commonName: "intermediate" },
  });
  new tls.LocallySignedCert("intermediate", {
    ...ca,
    caCertPem: root.certPem,
    caPrivateKeyPem: rootKey.privateKeyPem,
    certRequestPem: intRequest.certRequestPem,
    maxPathLength: 0,
    validityPeriodHours: 24,
  });
  const request = new tls.CertRequest("request", {
    privateKeyPem: key.privateKeyPem,
    subject: { commonName: "leaf" },
    dnsNames: ["a.example", "b.example"],
    uris: ["spiffe://a.example/ns/n/sa/s"],
  });
  new tls.LocallySignedCert("leaf", {
    caCertPem: root.certPem,
    caPrivateKeyPem: rootKey.privateKeyPem,
    certRequestPem: request.certRequestPem,
    allowedUses: ["digital_signature", "server_auth"],
    validityPeriodHours: 12,
  });
}

test("certificates have the same profile as those of the official plugin", async () => {
  const { stack, outputs, certificate } = await bringUp("profile", createHierarchy);
  const [root, intermediate, leaf] = ["root", "intermediate", "leaf"].map(certificate);
  if (!root || !intermediate || !leaf) throw new Error("the program created no certificates");

  for (const authority of [root, intermediate]) {
    const basic = authority.getExtension(x509.BasicConstraintsExtension);
    expect(basic).toMatchObject({ ca: true, critical: true });
    // The official plugin does not write maxPathLength 0.
    expect(basic?.pathLength).toBeUndefined();
    const usage = authority.getExtension(x509.KeyUsagesExtension);
    expect(usage?.critical).toBe(true);
    expect(usage?.usages).toBe(x509.KeyUsageFlags.keyCertSign | x509.KeyUsageFlags.cRLSign);
    expect(authority.getExtension(x509.SubjectKeyIdentifierExtension)).toBeTruthy();
    expect(authority.getExtension(x509.ExtendedKeyUsageExtension)).toBeNull();
  }
  expect(root.subject).toBe("O=o, CN=root");
  expect(root.getExtension(x509.AuthorityKeyIdentifierExtension)).toBeNull();
  const rootId = root.getExtension(x509.SubjectKeyIdentifierExtension)?.keyId;
  for (const issued of [intermediate, leaf]) {
    expect(issued.getExtension(x509.AuthorityKeyIdentifierExtension)?.keyId).toBe(rootId);
    expect(issued.issuer).toBe(root.subject);
    expect(await issued.verify({ publicKey: root, signatureOnly: true })).toBe(true);
  }

  const basic = leaf.getExtension(x509.BasicConstraintsExtension);
  expect(basic).toMatchObject({ ca: false, critical: true });
  const usage = leaf.getExtension(x509.KeyUsagesExtension);
  expect(usage?.usages).toBe(x509.KeyUsageFlags.digitalSignature);
  expect(leaf.getExtension(x509.ExtendedKeyUsageExtension)?.usages).toEqual([
    x509.ExtendedKeyUsage.serverAuth,
  ]);
  expect(leaf.getExtension(x509.SubjectKeyIdentifierExtension)).toBeNull();
  expect(leaf.getExtension(x509.SubjectAlternativeNameExtension)?.names.toJSON()).toEqual([
    { type: "dns", value: "a.example" },
    { type: "dns", value: "b.example" },
    { type: "url", value: "spiffe://a.example/ns/n/sa/s" },
  ]);
  expect(leaf.notAfter.getTime() - leaf.notBefore.getTime()).toBe(12 * HOUR);
  expect(Math.abs(leaf.notBefore.getTime() - Date.now())).toBeLessThan(HOUR);
  expect(BigInt(`0x${leaf.serialNumber}`).toString()).toBe(outputs("leaf")["id"]);
  await stack.destroy();
});

test("every run replaces a certificate that is due for renewal", async () => {
  const program = (earlyRenewalHours: number) => () => {
    const key = new tls.PrivateKey("key", ecdsa);
    new tls.SelfSignedCert("cert", {
      privateKeyPem: key.privateKeyPem,
      subject: { commonName: "c" },
      allowedUses: ["digital_signature"],
      validityPeriodHours: 2,
      earlyRenewalHours,
    });
    return Promise.resolve();
  };
  const stack = await ContractStack.open(home, "renewal");
  await stack.up(program(1));
  expect(await stack.preview(program(1))).toEqual([]);

  const expectReplaced = (changes: readonly Change[]) => {
    const replacing = changes.find(({ op }) => op === "create-replacement");
    expect(replacing).toMatchObject({ name: "cert", replaceKeys: ["readyForRenewal"] });
  };
  expectReplaced(await stack.preview(program(2)));
  const before = await readSerial(stack);
  expectReplaced(await stack.up(program(2)));
  expect(await readSerial(stack)).not.toBe(before);
  expectReplaced(await stack.preview(program(2)));
  // A certificate that is not due any more stays.
  await stack.up(program(1));
  expect(await stack.preview(program(1))).toEqual([]);
  await stack.destroy();
});

const readSerial = async (stack: ContractStack) =>
  (await stack.readResources()).find(({ urn }) => nameOf(urn) === "cert")?.id;

test("the state has no private key in plain text", async () => {
  const { stack } = await bringUp("state", createHierarchy);
  const text = await stack.readStateFile();
  expect(text).toContain("BEGIN CERTIFICATE");
  expect(text).not.toContain("PRIVATE KEY");
  await stack.destroy();
  expect(await stack.readResources()).toEqual([]);
});
