import { createPrivateKey, X509Certificate } from "node:crypto";

import { beforeAll, expect, test } from "vitest";

import {
  caProblems,
  keyProblems,
  leafProblems,
  serialProblems,
} from "../../../checks/toolkit/certificates/profile";
import type { ProgramCertificate } from "../../../checks/toolkit/certificates/program-certificates";
import { certificatesOf, namesOf } from "../../../checks/toolkit/certificates/read";
import { certificateTree } from "../../../checks/toolkit/certificates/tree";
import { keysIn, publicKeyOf } from "../../../checks/suites/keys-in-clusters";
import { type Authority, authorityFrom, newAuthority } from "../../../checks/toolkit/pki/authority";
import { privateKeyPem } from "../../../checks/toolkit/pki/keys";
import { issue, leaf, type Leaf } from "../../../checks/toolkit/pki/leaf";

const CLIENT = leaf({
  usage: "clientAuth",
  dnsNames: ["client.test"],
  uris: ["spiffe://client.test/ns/app/sa/egress"],
});
const CLIENT_AUTH = "1.3.6.1.5.5.7.3.2";
const SERVER_AUTH = "1.3.6.1.5.5.7.3.1";

let root: Authority;
let intermediate: Authority;

beforeAll(async () => {
  root = await newAuthority("root.test");
  intermediate = await newAuthority("client CA", root);
});

async function issued(changes: Partial<Leaf> = {}, authority: Authority | "itself" = intermediate) {
  const { chainPem, privateKeyPem: key } = await issue({ ...CLIENT, ...changes }, authority);
  const [certificate, ...chain] = certificatesOf(chainPem).map(
    (one) => new X509Certificate(one.toString("pem")),
  );
  if (!certificate) throw new Error("no certificate");
  return { certificate, chain, key, chainPem };
}

test("the right certificate is what a gateway has, and OpenSSL agrees", async () => {
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

test("each change changes just that", async () => {
  const itself = await issued({}, "itself");
  expect(itself.certificate.verify(itself.certificate.publicKey)).toBe(true);
  expect(itself.chain).toEqual([]);
  expect((await issued({ withIssuer: false })).chain).toEqual([]);
  expect((await issued({ usage: "serverAuth" })).certificate.keyUsage).toEqual([SERVER_AUTH]);
  const named = await issued({ commonName: "client.test", dnsNames: [], uris: [] });
  expect(named.certificate.subject).toBe("CN=client.test");
  expect(named.certificate.subjectAltName).toBeUndefined();
  const old = await issued({ notBefore: new Date(0), notAfter: new Date(1000) });
  expect(new Date(old.certificate.validTo).getTime()).toBe(1000);
  const young = await issued({ notBefore: new Date("2049-01-01T00:00:00Z") });
  expect(new Date(young.certificate.validFrom).toISOString()).toBe("2049-01-01T00:00:00.000Z");
});

test("an authority is read from PEM, in SEC 1 as in PKCS #8", async () => {
  const pem = await privateKeyPem(root.privateKey);
  const sec1 = createPrivateKey(pem).export({ format: "pem", type: "sec1" }).toString();
  for (const key of [pem, sec1]) {
    const read = await authorityFrom(root.certificate.toString("pem"), key);
    const { certificate } = await issued({}, read);
    expect(
      certificate.verify(new X509Certificate(root.certificate.toString("pem")).publicKey),
    ).toBe(true);
  }
});

test("the public half of a key is told from a text that holds it, and never taken from a certificate", async () => {
  const key = await privateKeyPem(root.privateKey);

  expect(keysIn(`before\n${key}\nafter`)).toEqual([publicKeyOf(root.certificate)]);
  expect(keysIn(root.certificate.toString("pem"))).toEqual([]);
  expect(keysIn("-----BEGIN PRIVATE KEY-----\nnone\n-----END PRIVATE KEY-----")).toEqual([]);
});

async function programCertificate(
  role: ProgramCertificate["role"],
  changes: Partial<Leaf> = {},
): Promise<ProgramCertificate> {
  if (role === "root")
    return { role, name: role, certificate: root.certificate, issuer: root.certificate };
  if (role === "intermediate") {
    return { role, name: role, certificate: intermediate.certificate, issuer: root.certificate };
  }
  const [certificate] = certificatesOf((await issued(changes)).chainPem);
  if (!certificate) throw new Error("no certificate");
  return { role, name: role, certificate, issuer: intermediate.certificate };
}

test("certificates as they should be have no problem", async () => {
  const all = await Promise.all(
    (["root", "intermediate", "clientLeaf"] as const).map((role) => programCertificate(role)),
  );

  expect(all.flatMap(keyProblems)).toEqual([]);
  expect(all.slice(0, 2).flatMap(caProblems)).toEqual([]);
  expect(all.slice(2).flatMap(leafProblems)).toEqual([]);
  expect(serialProblems(all)).toEqual([]);
});

test("what is wrong with a certificate is named", async () => {
  const problems = async (changes: Partial<Leaf>) =>
    leafProblems(await programCertificate("clientLeaf", changes));

  expect(await problems({ usage: "serverAuth" })).toEqual([
    "extended key usage other than clientAuth",
  ]);
  expect(await problems({ dnsNames: [] })).toEqual(["no DNS name"]);
  expect(await problems({ uris: [] })).toEqual(["no URI"]);
  expect(await problems({ notAfter: new Date(Date.now() + 1e12) })).toEqual([
    "expires after its issuer",
  ]);
  expect(caProblems(await programCertificate("clientLeaf"))).toEqual([
    "not CA:TRUE, critical",
    "key usage other than keyCertSign and cRLSign",
  ]);
  expect(
    leafProblems({ ...(await programCertificate("intermediate")), role: "serverLeaf" }),
  ).toContain("CA:TRUE");
  const one = await programCertificate("root");
  expect(serialProblems([one, { ...one, name: "twin" }])).toEqual(["twin has the serial of root"]);
});

test("names are read from a certificate", () => {
  expect(namesOf(root.certificate)).toEqual({ dnsNames: [], uris: [] });
});

test("the tree shows each certificate once, under its issuer", async () => {
  const { chainPem } = await issued({ notAfter: new Date("2030-01-03T00:00:00Z") });
  const tree = certificateTree(
    [chainPem, root.certificate.toString("pem"), chainPem],
    new Date("2030-01-01T00:00:00Z"),
  );

  expect(tree.split("\n").map((line) => line.replace(/serial [0-9a-f]{8}…/, "serial …"))).toEqual([
    expect.stringMatching(/^root\.test \(root CA\) {2}serial … {2}until \d{4}-\d\d-\d\d, EXPIRED$/),
    expect.stringMatching(/^└─ client CA \(intermediate CA\) {2}serial … /),
    "   └─ DNS:client.test URI:spiffe://client.test/ns/app/sa/egress  serial …  until 2030-01-03, 2 days left",
  ]);
});

test("a certificate without its issuer stands by itself", async () => {
  const stranger = await newAuthority("client CA", await newAuthority("root.test"));
  const tree = certificateTree([
    root.certificate.toString("pem"),
    stranger.certificate.toString("pem"),
  ]);

  expect(tree).toMatch(/^root\.test .*\nclient CA \(intermediate CA\)/);
});
