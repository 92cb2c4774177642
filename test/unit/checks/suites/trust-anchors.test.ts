import { beforeAll, expect, test } from "vitest";

import { findTrustProblems } from "../../../../checks/suites/certificates/trust-anchors";
import { createAuthority } from "../../../../checks/toolkit/pki/authority";
import type { x509 } from "../../../../checks/toolkit/pki/x509";

let first: x509.X509Certificate;
let second: x509.X509Certificate;
let ca: x509.X509Certificate;
let formerCa: x509.X509Certificate;
beforeAll(async () => {
  const create = async () => (await createAuthority("ca.test")).certificate;
  [first, second, ca, formerCa] = [await create(), await create(), await create(), await create()];
});

const start = ({ serialNumber }: x509.X509Certificate) => serialNumber.slice(0, 8);

test("a proxy has the mesh's trust anchors, in any order, and a certificate of its CA", () => {
  const proxy = { pod: "app/web", anchors: [second, first], chain: [formerCa, ca] };
  expect(findTrustProblems(proxy, { anchors: [first, second], ca })).toEqual([]);
});

test("a proxy that lacks a trust anchor is a problem", () => {
  const proxy = { pod: "app/web", anchors: [first], chain: [ca] };
  const both = [start(first), start(second)].sort().join(" and ");
  expect(findTrustProblems(proxy, { anchors: [first, second], ca })).toEqual([
    `app/web: trusts root ${start(first)} instead of root ${both}`,
  ]);
});

test("a proxy with a certificate of the former CA is a problem", () => {
  const proxy = { pod: "app/web", anchors: [first], chain: [formerCa] };
  expect(findTrustProblems(proxy, { anchors: [first], ca })).toEqual([
    "app/web: has a certificate of an earlier CA",
  ]);
});
