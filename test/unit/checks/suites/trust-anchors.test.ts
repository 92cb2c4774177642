import { beforeAll, expect, test } from "vitest";

import { findTrustProblems } from "../../../../checks/suites/certificates/trust-anchors";
import { type Authority, createAuthority } from "../../../../checks/toolkit/pki/authority";
import type { x509 } from "../../../../checks/toolkit/pki/x509";

let firstRoot: Authority;
let secondRoot: Authority;
let ca: Authority;
let earlierCa: Authority;
let caOfSecond: Authority;
beforeAll(async () => {
  firstRoot = await createAuthority("root.test");
  secondRoot = await createAuthority("root.test");
  ca = await createAuthority("ca.test", firstRoot);
  earlierCa = await createAuthority("ca.test", firstRoot);
  caOfSecond = await createAuthority("ca.test", secondRoot);
});

const certificates = (...authorities: readonly Authority[]) =>
  authorities.map(({ certificate }) => certificate);
const nameRoot = ({ certificate }: Authority) => `root ${certificate.serialNumber.slice(0, 8)}`;
const meshOf = (signer: Authority, ...roots: readonly Authority[]) => ({
  anchors: certificates(...roots),
  // As in the file of istiod: the CA, then all trust anchors.
  ca: [signer.certificate, ...certificates(...roots)] as [x509.X509Certificate],
});

test("a proxy has the mesh's trust anchors, in any order, and a certificate of its CA", async () => {
  const proxy = {
    pod: "app/web",
    anchors: certificates(secondRoot, firstRoot),
    chain: certificates(ca),
  };
  expect(await findTrustProblems(proxy, meshOf(ca, firstRoot, secondRoot))).toEqual([]);
});

test("a proxy that lacks a trust anchor is a problem", async () => {
  const proxy = { pod: "app/web", anchors: certificates(firstRoot), chain: certificates(ca) };
  const both = [firstRoot, secondRoot]
    .map((root) => nameRoot(root).slice("root ".length))
    .sort()
    .join(" and ");
  expect(await findTrustProblems(proxy, meshOf(ca, firstRoot, secondRoot))).toEqual([
    `app/web: trusts ${nameRoot(firstRoot)} instead of root ${both}`,
  ]);
});

test("a proxy keeps its certificate of an earlier CA under the same root", async () => {
  const proxy = {
    pod: "app/web",
    anchors: certificates(firstRoot),
    chain: certificates(earlierCa),
  };
  expect(await findTrustProblems(proxy, meshOf(ca, firstRoot))).toEqual([]);
});

test("a proxy with a certificate under another root than the CA's is a problem", async () => {
  const proxy = {
    pod: "app/web",
    anchors: certificates(firstRoot, secondRoot),
    chain: certificates(ca),
  };
  expect(await findTrustProblems(proxy, meshOf(caOfSecond, firstRoot, secondRoot))).toEqual([
    `app/web: has a certificate under ${nameRoot(firstRoot)}, and the CA is under ${nameRoot(secondRoot)}`,
  ]);
});

test("a proxy with a certificate under a root that its mesh does not trust is a problem", async () => {
  const proxy = {
    pod: "app/web",
    anchors: certificates(firstRoot),
    chain: certificates(caOfSecond),
  };
  expect(await findTrustProblems(proxy, meshOf(ca, firstRoot))).toEqual([
    `app/web: has a certificate under no root of its mesh, and the CA is under ${nameRoot(firstRoot)}`,
  ]);
});
