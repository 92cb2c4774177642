import * as pulumi from "@pulumi/pulumi";
import * as tls from "@pulumi/tls";

import type { Issuer } from "./issuer";
import { earlyRenewalHours } from "./lifetime";
import { privateKey } from "./private-key";

/** Inputs of {@link RootCa}. */
export interface RootCaArgs {
  /** Common name of the root, for people to know it by; nothing is checked against it. */
  readonly commonName: string;
  /** Life, in hours. */
  readonly validityHours: number;
  /**
   * Whether the engine refuses to delete or replace the key.
   *
   * @see https://www.pulumi.com/docs/iac/concepts/resources/options/protect/
   */
  readonly protectKey: boolean;
}

/** The one trust anchor of both meshes. Its key stays in the server stack's state and reaches no cluster. */
export class RootCa extends pulumi.ComponentResource implements Issuer {
  public readonly certPem: pulumi.Output<string>;
  public readonly privateKeyPem: pulumi.Output<string>;

  constructor(name: string, args: RootCaArgs, opts?: pulumi.ComponentResourceOptions) {
    super("mtls:index:RootCa", name, {}, opts);

    const key = privateKey(`${name}-key`, { parent: this, protect: args.protectKey });
    // Not protected: each renewal replaces it, and whoever has the key can sign another.
    const cert = new tls.SelfSignedCert(
      `${name}-cert`,
      {
        privateKeyPem: key.privateKeyPem,
        subject: { commonName: args.commonName, organization: args.commonName },
        isCaCertificate: true,
        setSubjectKeyId: true,
        allowedUses: ["cert_signing", "crl_signing"],
        validityPeriodHours: args.validityHours,
        earlyRenewalHours: earlyRenewalHours(args.validityHours),
      },
      { parent: this },
    );

    this.certPem = cert.certPem;
    this.privateKeyPem = pulumi.secret(key.privateKeyPem);
    this.registerOutputs();
  }
}
