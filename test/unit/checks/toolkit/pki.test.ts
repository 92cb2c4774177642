import { createPrivateKey, X509Certificate } from "node:crypto";

import { beforeAll, expect, test } from "vitest";

import {
  type Authority,
  createAuthority,
  readAuthority,
} from "../../../../checks/toolkit/pki/authority";
import { alternativeNames, parseCertificates } from "../../../../checks/toolkit/pki/certificates";
import { exportPrivateKey } from "../../../../checks/toolkit/pki/keys";
import { issue, type Leaf, validLeaf } from "../../../../checks/toolkit/pki/leaf";

const CLIENT = validLeaf({
  usage: "clientAuth",
  dnsNames: ["client.test"],
  uris: ["spiffe://client.test/ns/app/sa/egress"],
});
const CLIENT_AUTH = "1.3.6.1.5.5.7.3.2";
const SERVER_AUTH = "1.3.6.1.5.5.7.3.1";

let root: Authority;
let intermediate: Authority;

beforeAll(async () => {
  root = await createAuthority("root.test");
  intermediate = await createAuthority("client CA", root);
});

async function issued(changes: Partial<Leaf> = {}, authority: Authority | "itself" = intermediate) {
  const { chainPem, privateKeyPem: key } = await issue({ ...CLIENT, ...changes }, authority);
  const [certificate, ...chain] = parseCertificates(chainPem).map(
    (each) => new X509Certificate(each.toString("pem")),
  );
  if (!certificate) throw new Error("no certificate");
  return { certificate, chain, key, chainPem };
}

test("an admitted certificate looks like a gateway's, to OpenSSL too", async () => {
  const { certificate, chain, key } = await issued();
  const [ca] = chain;

  expect(certificate.subjectAltName).toBe(
    "DNS:client.test, URI:spiffe://client.test/ns/app/sa/egress",
  );
  expect(certificate.keyUsage).toEqual([CLIENT_AUTH]);
  expect(certificate.ca).toBe(false);
  expect(certificate.checkPrivateKey(createPrivateKey(key))).toBe(true);
  expect(ca?.subject).toBe("CN=client CA");
  expect(ca && certificate.checkIssued(ca) && certificate.verify(ca.publicKey)).toBe(true);
  expect(new Date(certificate.validFrom).getTime()).toBeLessThan(Date.now());
  expect(new Date(certificate.validTo).getTime()).toBeGreaterThan(Date.now());
});

test("each change of a leaf changes nothing else", async () => {
  const selfSigned = await issued({}, "itself");
  expect(selfSigned.certificate.verify(selfSigned.certificate.publicKey)).toBe(true);
  expect(selfSigned.chain).toEqual([]);
  expect((await issued({ withIssuer: false })).chain).toEqual([]);
  expect((await issued({ usage: "serverAuth" })).certificate.keyUsage).toEqual([SERVER_AUTH]);
  const named = await issued({ commonName: "client.test", dnsNames: [], uris: [] });
  expect(named.certificate.subject).toBe("CN=client.test");
  expect(named.certificate.subjectAltName).toBeUndefined();
  const expired = await issued({ notBefore: new Date(0), notAfter: new Date(1000) });
  expect(new Date(expired.certificate.validTo).getTime()).toBe(1000);
  const future = await issued({ notBefore: new Date("2049-01-01T00:00:00Z") });
  expect(new Date(future.certificate.validFrom).toISOString()).toBe("2049-01-01T00:00:00.000Z");
});

test("a CA is read from PEM, in SEC 1 and in PKCS #8", async () => {
  const pem = await exportPrivateKey(root.privateKey);
  const sec1 = createPrivateKey(pem).export({ format: "pem", type: "sec1" }).toString();
  for (const key of [pem, sec1]) {
    const read = await readAuthority(root.certificate.toString("pem"), key);
    const { certificate } = await issued({}, read);
    expect(
      certificate.verify(new X509Certificate(root.certificate.toString("pem")).publicKey),
    ).toBe(true);
  }
});

test("a certificate without SAN has no names", () => {
  expect(alternativeNames(root.certificate)).toEqual({ dnsNames: [], uris: [] });
});
