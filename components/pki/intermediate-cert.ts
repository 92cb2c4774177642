import type * as pulumi from "@pulumi/pulumi";
import * as tls from "@pulumi/tls";

import type { Issuer } from "./issuer";
import { earlyRenewalHours } from "./lifetime";

/** Inputs of {@link intermediateCert}. */
export interface IntermediateCertArgs {
  /** The signing request (PKCS #10, PEM) that proves possession of the key. */
  readonly requestPem: pulumi.Input<string>;
  /** The root. */
  readonly issuer: Issuer;
  /** Life, in hours. */
  readonly validityHours: number;
}

/** Signs a mesh's intermediate CA: it may sign leaves and revocation lists, and no further CA. */
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
      // Written into the certificate by the providers that can tell 0 from absent.
      maxPathLength: 0,
      setSubjectKeyId: true,
      allowedUses: ["cert_signing", "crl_signing"],
      validityPeriodHours: args.validityHours,
      earlyRenewalHours: earlyRenewalHours(args.validityHours),
    },
    opts,
  );
}
