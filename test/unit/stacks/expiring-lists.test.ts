import * as pulumi from "@pulumi/pulumi";
import { afterEach, beforeEach, expect, test, vi } from "vitest";

import { createAuthority } from "../../../checks/toolkit/pki/authority";
import { exportPrivateKey } from "../../../checks/toolkit/pki/keys";
import { signRevocationList } from "../../../components/pki/x509/sign-revocation-list";
import { warnOfExpiringLists } from "../../../stacks/expiring-lists";

const HOUR_MS = 3_600_000;

let crlPem: string;
let warnings: string[];
beforeEach(async () => {
  const { certificate, privateKey } = await createAuthority("client CA");
  const pem = certificate.toString("pem");
  crlPem = signRevocationList({
    issuerCertPem: pem,
    issuerPrivateKeyPem: await exportPrivateKey(privateKey),
    clockPem: pem,
    revoked: [],
  });
  warnings = [];
  vi.spyOn(pulumi.log, "warn").mockImplementation((text) => {
    warnings.push(text);
    return Promise.resolve();
  });
});
afterEach(() => {
  vi.useRealTimers();
  vi.restoreAllMocks();
});

/** Warns at a time. The list is valid for 26 hours, from two hours ago. */
async function warnAfter(hours: number): Promise<readonly string[]> {
  vi.useFakeTimers({ toFake: ["Date"], now: Date.now() + hours * HOUR_MS });
  await warnOfExpiringLists([{ name: "client", crlPem }, { name: "partner" }]);
  return warnings;
}

test("a list that its client renews later causes no warning", async () => {
  expect(await warnAfter(15)).toEqual([]);
});

test.each([
  ["in the last third of its life", 16],
  ["that has expired", 30],
])("a list %s is named, with its client, its end and the remedy", async (_, hours) => {
  const [warning, ...others] = await warnAfter(hours);
  expect(warning).toMatch(
    /^crlPem of client "client" is valid until \d{4}-\d\d-\d\dT[\d:.]+Z\. Then the gateway refuses this client\. Run `pulumi up` on the client's stack/,
  );
  expect(others).toEqual([]);
});
