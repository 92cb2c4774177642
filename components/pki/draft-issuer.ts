import type * as pulumi from "@pulumi/pulumi";
import * as tls from "@pulumi/tls";

import type { Issuer } from "./issuer";
import { ECDSA_P256 } from "./key-type";
import { earlyRenewalHours } from "./lifetimes";

/**
 * Signs drafts of certificates, and nobody trusts it. A draft keeps a certificate's validity in the state, and the
 * engine renews it. The program then signs the real certificate, with extensions that the tls provider cannot write.
 * If the root signed the drafts, a thief of an intermediate's key could use the draft, which has no limits.
 */
export function draftIssuer(
  name: string,
  validityHours: number,
  opts: pulumi.CustomResourceOptions,
): Issuer {
  const key = new tls.PrivateKey(`${name}-key`, ECDSA_P256, opts);
  const cert = new tls.SelfSignedCert(
    `${name}-cert`,
    {
      privateKeyPem: key.privateKeyPem,
      subject: { commonName: "drafts" },
      isCaCertificate: true,
      allowedUses: ["cert_signing", "crl_signing"],
      validityPeriodHours: validityHours,
      earlyRenewalHours: earlyRenewalHours(validityHours),
    },
    { ...opts, protect: false },
  );
  return { certPem: cert.certPem, privateKeyPem: key.privateKeyPem };
}
