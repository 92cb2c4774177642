import { beforeAll, expect, test } from "vitest";

import {
  findCaProblems,
  findKeyProblems,
  findLeafProblems,
  findSerialProblems,
} from "../../../../checks/suites/certificates/problems";
import type { ProgramCertificate } from "../../../../checks/toolkit/fixtures/program-certificates";
import { type Authority, createAuthority } from "../../../../checks/toolkit/pki/authority";
import { parseCertificates } from "../../../../checks/toolkit/pki/certificates";
import { exportPrivateKey } from "../../../../checks/toolkit/pki/keys";
import { issue, type Leaf, validLeaf } from "../../../../checks/toolkit/pki/leaf";
import { x509 } from "../../../../checks/toolkit/pki/x509";
import { signIntermediate } from "../../../../components/pki/x509/sign-intermediate";

const CLIENT = validLeaf({
  usage: "clientAuth",
  dnsNames: ["client.test"],
  uris: ["spiffe://client.test/ns/app/sa/egress"],
});

let root: Authority;
let intermediate: Authority;

beforeAll(async () => {
  root = await createAuthority("root.test");
  const draft = await createAuthority("client CA");
  const certificatePem = signIntermediate({
    draftPem: draft.certificate.toString("pem"),
    rootCertPem: root.certificate.toString("pem"),
    rootPrivateKeyPem: await exportPrivateKey(root.privateKey),
    permitted: { dnsNames: ["client.test"], uriHosts: ["client.test"], except: [] },
  });
  intermediate = { ...draft, certificate: new x509.X509Certificate(certificatePem) };
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
  const { chainPem } = await issue({ ...CLIENT, ...changes }, intermediate);
  const [certificate] = parseCertificates(chainPem);
  if (!certificate) throw new Error("no certificate");
  return { role, name: role, certificate, issuer: intermediate.certificate };
}

test("correct certificates have no problems", async () => {
  const all = await Promise.all(
    (["root", "intermediate", "clientLeaf"] as const).map((role) => programCertificate(role)),
  );

  expect(all.flatMap(findKeyProblems)).toEqual([]);
  expect(all.slice(0, 2).flatMap(findCaProblems)).toEqual([]);
  expect(all.slice(2).flatMap(findLeafProblems)).toEqual([]);
  expect(findSerialProblems(all)).toEqual([]);
});

test("each problem of a certificate is named", async () => {
  const problems = async (changes: Partial<Leaf>) =>
    findLeafProblems(await programCertificate("clientLeaf", changes));

  expect(await problems({ usage: "serverAuth" })).toEqual([
    "extended key usage other than clientAuth",
  ]);
  expect(await problems({ dnsNames: [] })).toEqual(["no DNS name"]);
  expect(await problems({ uris: [] })).toEqual(["no URI"]);
  expect(await problems({ notAfter: new Date(Date.now() + 1e12) })).toEqual([
    "expires after its issuer",
  ]);
  expect(findCaProblems(await programCertificate("clientLeaf"))).toEqual([
    "not CA:TRUE, critical",
    "key usage other than keyCertSign and cRLSign",
    "path length missing",
    "no name constraints, critical",
  ]);
  expect(
    findLeafProblems({ ...(await programCertificate("intermediate")), role: "serverLeaf" }),
  ).toContain("CA:TRUE");
  const certificate = await programCertificate("root");
  expect(findSerialProblems([certificate, { ...certificate, name: "twin" }])).toEqual([
    "twin has the same serial as root",
  ]);
});
