import * as pulumi from "@pulumi/pulumi";
import * as tls from "@pulumi/tls";

import type { Issuer } from "./issuer";
import { earlyRenewalHours } from "./lifetime";
import { privateKey } from "./private-key";

/** Inputs of {@link GatewayLeaf}. */
export interface GatewayLeafArgs {
  /** Which end of the connection the gateway is; the certificate is good for no other. */
  readonly usage: "client_auth" | "server_auth";
  /** DNS names (SAN). Names are checked here, never in the common name. */
  readonly dnsNames: pulumi.Input<string>[];
  /** URIs (SAN), such as `spiffe://client.example.com/ns/app/sa/egress`. */
  readonly uris?: pulumi.Input<string>[];
  /** The mesh's intermediate CA. */
  readonly issuer: Issuer;
  /** Life, in hours. */
  readonly validityHours: number;
}

/** The certificate that a gateway shows to the other mesh. */
export class GatewayLeaf extends pulumi.ComponentResource {
  /** The leaf followed by its intermediate (PEM): a peer knows only the root, so the chain must be sent whole. */
  public readonly chainPem: pulumi.Output<string>;
  /** The private key (PEM), a secret. */
  public readonly privateKeyPem: pulumi.Output<string>;

  constructor(name: string, args: GatewayLeafArgs, opts?: pulumi.ComponentResourceOptions) {
    super("mtls:index:GatewayLeaf", name, {}, opts);

    const key = privateKey(`${name}-key`, { parent: this });
    const request = new tls.CertRequest(
      `${name}-request`,
      {
        privateKeyPem: key.privateKeyPem,
        // No common name: it holds 64 characters at most, a host may be longer, and no one may rely on it.
        subject: { organization: "istio-mtls" },
        dnsNames: args.dnsNames,
        ...(args.uris && { uris: args.uris }),
      },
      { parent: this },
    );
    const cert = new tls.LocallySignedCert(
      `${name}-cert`,
      {
        certRequestPem: request.certRequestPem,
        caCertPem: args.issuer.certPem,
        caPrivateKeyPem: args.issuer.privateKeyPem,
        allowedUses: ["digital_signature", args.usage],
        validityPeriodHours: args.validityHours,
        earlyRenewalHours: earlyRenewalHours(args.validityHours),
      },
      { parent: this },
    );

    this.chainPem = pulumi.interpolate`${cert.certPem}${args.issuer.certPem}`;
    this.privateKeyPem = pulumi.secret(key.privateKeyPem);
    this.registerOutputs();
  }
}
