import type * as pulumi from "@pulumi/pulumi";
import * as tls from "@pulumi/tls";

import type { Issuer } from "./issuer";
import { earlyRenewalHours } from "./lifetimes";

/** Inputs of {@link intermediateCert}. */
export interface IntermediateCertArgs {
  /** The signing request (PKCS #10, PEM) of the intermediate's key. */
  readonly requestPem: pulumi.Input<string>;
  /** The root. */
  readonly issuer: Issuer;
  /** Validity, in hours. */
  readonly validityHours: number;
}

/** Signs a mesh's intermediate CA. It may sign leaves and revocation lists, but no further CA. */
export function intermediateCert(
  name: string,
  args: IntermediateCertArgs,
  opts: pulumi.CustomResourceOptions,
): tls.LocallySignedCert {
  return new tls.LocallySignedCert(
    name,
    {
      certRequestPem: args.requestPem,
      caCertPem: args.issuer.certPem,
      caPrivateKeyPem: args.issuer.privateKeyPem,
      isCaCertificate: true,
      // Provider versions that cannot tell 0 from absent leave it out of the certificate.
      maxPathLength: 0,
      setSubjectKeyId: true,
      allowedUses: ["cert_signing", "crl_signing"],
      validityPeriodHours: args.validityHours,
      earlyRenewalHours: earlyRenewalHours(args.validityHours),
    },
    // Each renewal replaces it.
    { protect: false, ...opts },
  );
}

/** The common name of a mesh's intermediate CA, by which people recognize the issuer of a certificate. */
export function intermediateCommonName(mesh: string): string {
  return `${mesh} intermediate CA`;
}
