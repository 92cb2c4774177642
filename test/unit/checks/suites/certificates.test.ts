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
import { issue, type Leaf, validLeaf } from "../../../../checks/toolkit/pki/leaf";

const CLIENT = validLeaf({
  usage: "clientAuth",
  dnsNames: ["client.test"],
  uris: ["spiffe://client.test/ns/app/sa/egress"],
});

let root: Authority;
let intermediate: Authority;

beforeAll(async () => {
  root = await createAuthority("root.test");
  intermediate = await createAuthority("client CA", root);
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
  ]);
  expect(
    findLeafProblems({ ...(await programCertificate("intermediate")), role: "serverLeaf" }),
  ).toContain("CA:TRUE");
  const certificate = await programCertificate("root");
  expect(findSerialProblems([certificate, { ...certificate, name: "twin" }])).toEqual([
    "twin has the same serial as root",
  ]);
});
