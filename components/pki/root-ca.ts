import * as pulumi from "@pulumi/pulumi";
import * as tls from "@pulumi/tls";

import { Component } from "../component";
import type { Issuer } from "./issuer";
import { ECDSA_P256 } from "./key-type";
import { earlyRenewalHours } from "./lifetimes";

/** Inputs of {@link RootCa}. */
export interface RootCaArgs {
  /** Common name of the root. People recognize the root by it; nothing checks it. */
  readonly commonName: string;
  /**
   * Number of the root. From 2 on, the subject contains it, so that verifiers can tell the roots apart.
   *
   * @default 1
   */
  readonly number?: number;
  /** Validity, in hours. */
  readonly validityHours: number;
  /**
   * Whether Pulumi refuses to delete or replace the key.
   *
   * @default the component's own option `protect`
   * @see https://www.pulumi.com/docs/iac/concepts/resources/options/protect/
   */
  readonly protectKey?: boolean;
}

/**
 * The trust anchor of all meshes. Its key stays in the server stack's state and reaches no cluster.
 *
 * @example
 * const root = new RootCa("root", { commonName: "example.com", validityHours: 87_600 });
 */
export class RootCa extends Component implements Issuer {
  /** Number of the root. */
  public readonly number: number;
  /** The root certificate (PEM). */
  public readonly certPem: pulumi.Output<string>;
  /** The root's private key (PEM), a secret. */
  public readonly privateKeyPem: pulumi.Output<string>;

  constructor(name: string, args: RootCaArgs, opts?: pulumi.ComponentResourceOptions) {
    super("RootCa", name, opts);
    this.number = args.number ?? 1;

    const key = new tls.PrivateKey(`${name}-key`, ECDSA_P256, {
      parent: this,
      ...(args.protectKey && { protect: true }),
    });
    const cert = new tls.SelfSignedCert(
      `${name}-cert`,
      {
        privateKeyPem: key.privateKeyPem,
        subject: {
          commonName: args.commonName,
          organization: args.commonName,
          ...(this.number > 1 && { organizationalUnit: `root ${this.number}` }),
        },
        isCaCertificate: true,
        setSubjectKeyId: true,
        allowedUses: ["cert_signing", "crl_signing"],
        validityPeriodHours: args.validityHours,
        earlyRenewalHours: earlyRenewalHours(args.validityHours),
      },
      // Each renewal replaces it. The key can sign it again.
      { parent: this, protect: false },
    );

    this.certPem = cert.certPem;
    this.privateKeyPem = pulumi.secret(key.privateKeyPem);
  }
}
