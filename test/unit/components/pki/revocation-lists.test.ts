import { expect, test } from "vitest";

import { createAuthority } from "../../../../checks/toolkit/pki/authority";
import { exportPrivateKey } from "../../../../checks/toolkit/pki/keys";
import { requireSignedBy } from "../../../../components/pki/revocation-lists";
import { signRevocationList } from "../../../../components/pki/x509/sign-revocation-list";

test("a client's list is used only if the client's own CA signed it", async () => {
  const [own, other] = await Promise.all([createAuthority("own"), createAuthority("own")]);
  const [ownPem, otherPem] = [own, other].map(({ certificate }) => certificate.toString("pem"));
  const list = signRevocationList({
    issuerCertPem: ownPem ?? "",
    issuerPrivateKeyPem: await exportPrivateKey(own.privateKey),
    clockPem: ownPem ?? "",
    revoked: [],
  });
  expect(requireSignedBy("partner", list, ownPem ?? "")).toBe(list);
  expect(() => requireSignedBy("partner", list, otherPem ?? "")).toThrow(
    /crlPem of client "partner": must be signed by the client's intermediate CA: run/,
  );
});
