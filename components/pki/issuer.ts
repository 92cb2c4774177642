import type * as pulumi from "@pulumi/pulumi";

/** A certificate authority that can sign. */
export interface Issuer {
  /** Its certificate (PEM). */
  readonly certPem: pulumi.Input<string>;
  /** Its private key (PEM), a secret. */
  readonly privateKeyPem: pulumi.Input<string>;
}
