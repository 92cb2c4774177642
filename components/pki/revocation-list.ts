import { createHash } from "node:crypto";

import * as pulumi from "@pulumi/pulumi";
import * as tls from "@pulumi/tls";

import type { Issuer } from "./issuer";
import { earlyRenewalHours } from "./lifetimes";
import { type RevokedSerial, signRevocationList } from "./x509/sign-revocation-list";

/** Inputs of {@link revocationList}. */
export interface RevocationListArgs {
  /** The CA whose certificates are revoked. */
  readonly issuer: Issuer;
  /** The revoked certificates. An empty list revokes none. */
  readonly revoked: readonly RevokedSerial[];
  /** Signs the clock. */
  readonly drafts: Issuer;
  /** How long verifiers use the list, in hours. With an expired list, they refuse every certificate of the CA. */
  readonly validityHours: number;
}

/**
 * A certificate revocation list (CRL, PEM). Its dates are those of a certificate that nobody uses, so that the engine
 * renews the list like a certificate.
 */
export function revocationList(
  name: string,
  { issuer, revoked, drafts, validityHours }: RevocationListArgs,
  opts: pulumi.CustomResourceOptions,
): pulumi.Output<string> {
  const clock = new tls.SelfSignedCert(
    `${name}-clock`,
    {
      privateKeyPem: drafts.privateKeyPem,
      // A changed list needs a new date. A changed subject replaces the clock.
      subject: { commonName: "clock", organizationalUnit: digest(revoked) },
      isCaCertificate: true,
      allowedUses: ["cert_signing", "crl_signing"],
      validityPeriodHours: validityHours,
      earlyRenewalHours: earlyRenewalHours(validityHours),
    },
    { ...opts, protect: false },
  );
  const list = pulumi
    .all([issuer.certPem, issuer.privateKeyPem, clock.certPem])
    .apply(([issuerCertPem, issuerPrivateKeyPem, clockPem]) =>
      signRevocationList({ issuerCertPem, issuerPrivateKeyPem, revoked, clockPem }),
    );
  // It is made with the CA's key, but does not contain it.
  return pulumi.unsecret(list);
}

function digest(revoked: readonly RevokedSerial[]): string {
  const lines = revoked.map(({ serial, reason = "" }) => `${serial} ${reason}`);
  return createHash("sha256").update(lines.join("\n")).digest("hex").slice(0, 16);
}
