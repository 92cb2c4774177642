import { expect, test } from "vitest";

import { findListProblems } from "../../../../checks/suites/certificates/revocation-lists";
import { createAuthority } from "../../../../checks/toolkit/pki/authority";
import { exportPrivateKey } from "../../../../checks/toolkit/pki/keys";
import { x509 } from "../../../../checks/toolkit/pki/x509";
import { signRevocationList } from "../../../../components/pki/x509/sign-revocation-list";

test("a list must have a quarter of its life left", async () => {
  const { certificate, privateKey } = await createAuthority("ca.test");
  const pem = certificate.toString("pem");
  const list = new x509.X509Crl(
    signRevocationList({
      issuerCertPem: pem,
      issuerPrivateKeyPem: await exportPrivateKey(privateKey),
      clockPem: pem,
      revoked: [],
    }),
  );
  const hoursBeforeEnd = (hours: number) =>
    new Date((list.nextUpdate?.getTime() ?? 0) - hours * 3_600_000);
  // It is valid for 26 hours.
  expect(findListProblems([list], hoursBeforeEnd(7))).toEqual([]);
  expect(findListProblems([list], hoursBeforeEnd(6))).toEqual([
    "the list of CN=ca.test expires in 0 days: run `pulumi up` on both stacks",
  ]);
  expect(findListProblems([list], hoursBeforeEnd(-1))).toEqual([
    "the list of CN=ca.test has expired: run `pulumi up` on both stacks",
  ]);
});
