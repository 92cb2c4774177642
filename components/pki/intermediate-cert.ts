import * as pulumi from "@pulumi/pulumi";
import * as tls from "@pulumi/tls";

import type { Issuer } from "./issuer";
import { earlyRenewalHours } from "./lifetimes";
import type { PermittedNames } from "./x509/name-constraints";
import { signIntermediate } from "./x509/sign-intermediate";

/** Inputs of {@link intermediateCert}. */
export interface IntermediateCertArgs {
  /** The signing request (PKCS #10, PEM) of the intermediate's key. */
  readonly requestPem: pulumi.Input<string>;
  /** Signs the draft. */
  readonly drafts: Issuer;
  /** The root, which signs the certificate. */
  readonly root: Issuer;
  /** Names that the intermediate may sign. */
  readonly permitted: PermittedNames;
  /** Validity, in hours. */
  readonly validityHours: number;
}

/**
 * Signs a mesh's intermediate CA. It may sign leaves with the permitted names, and revocation lists, but no further CA.
 *
 * @returns the certificate (PEM)
 */
export function intermediateCert(
  name: string,
  args: IntermediateCertArgs,
  opts: pulumi.CustomResourceOptions,
): pulumi.Output<string> {
  const draft = new tls.LocallySignedCert(
    `${name}-draft`,
    {
      certRequestPem: args.requestPem,
      caCertPem: args.drafts.certPem,
      caPrivateKeyPem: args.drafts.privateKeyPem,
      isCaCertificate: true,
      maxPathLength: 0,
      setSubjectKeyId: true,
      allowedUses: ["cert_signing", "crl_signing"],
      validityPeriodHours: args.validityHours,
      earlyRenewalHours: earlyRenewalHours(args.validityHours),
    },
    // Each renewal replaces it.
    { protect: false, ...opts },
  );
  const certPem = pulumi
    .all([draft.certPem, args.root.certPem, args.root.privateKeyPem])
    .apply(([draftPem, rootCertPem, rootPrivateKeyPem]) =>
      signIntermediate({ draftPem, rootCertPem, rootPrivateKeyPem, permitted: args.permitted }),
    );
  // It is made with the root's key, but does not contain it.
  return pulumi.unsecret(certPem);
}

/** The common name of a mesh's intermediate CA, by which people recognize the issuer of a certificate. */
export function intermediateCommonName(mesh: string): string {
  return `${mesh} intermediate CA`;
}
