import * as pulumi from "@pulumi/pulumi";
import * as tls from "@pulumi/tls";
import { z } from "zod";

import { checkArgs, input } from "../../validation/args";
import {
  dnsName,
  lifetimeHours,
  MIN_LEAF_HOURS,
  nonEmptyList,
  oneOf,
  string,
  unique,
} from "../../validation/fields";
import { Component } from "../component";
import type { Issuer } from "./issuer";
import { ECDSA_P256 } from "./key-type";
import { earlyRenewalHours } from "./lifetimes";

/** Inputs of {@link GatewayLeaf}. */
export interface GatewayLeafArgs {
  /** Which end of the connection the gateway is. The certificate is valid for no other use. */
  readonly usage: "client_auth" | "server_auth";
  /** DNS names (SAN). Peers check these names, never the common name. */
  readonly dnsNames: readonly pulumi.Input<string>[];
  /**
   * URIs (SAN), such as `spiffe://client.example.com/ns/app/sa/egress`.
   *
   * @default []
   */
  readonly uris?: readonly pulumi.Input<string>[];
  /** The mesh's intermediate CA. */
  readonly issuer: Issuer;
  /** Validity, in hours. At least 3. */
  readonly validityHours: number;
}

const uri = string(
  (value) => /^[a-z][a-z0-9+.-]*:\/\/[^\s*]+$/.test(value),
  "a URI",
  "include the scheme, as in spiffe://client.example.com/ns/app/sa/egress",
);

const gatewayLeafArgs = z.looseObject({
  usage: oneOf("client_auth", "server_auth"),
  dnsNames: nonEmptyList(input(dnsName), "name at least one DNS name").superRefine(unique),
  uris: z.array(input(uri)).readonly().superRefine(unique).optional(),
  validityHours: lifetimeHours(MIN_LEAF_HOURS),
});

/**
 * The certificate that a gateway presents to the other mesh, with its private key.
 *
 * @throws ArgsError when an argument is invalid
 * @example
 * const leaf = new GatewayLeaf("partner-leaf", {
 *   usage: "client_auth",
 *   dnsNames: ["mesh.partner.example"],
 *   uris: ["spiffe://mesh.partner.example/ns/shop/sa/egress-gateway"],
 *   issuer: { certPem: caCertPem, privateKeyPem: caPrivateKeyPem },
 *   validityHours: 2160,
 * });
 */
export class GatewayLeaf extends Component {
  /** The leaf followed by its intermediate (PEM). A peer knows only the root, so the gateway sends the whole chain. */
  public readonly chainPem: pulumi.Output<string>;
  /** The private key (PEM), a secret. */
  public readonly privateKeyPem: pulumi.Output<string>;

  constructor(name: string, args: GatewayLeafArgs, opts?: pulumi.ComponentResourceOptions) {
    checkArgs("GatewayLeaf", name, gatewayLeafArgs, args);
    super("GatewayLeaf", name, opts);

    const key = new tls.PrivateKey(`${name}-key`, ECDSA_P256, { parent: this });
    const request = new tls.CertRequest(
      `${name}-request`,
      {
        privateKeyPem: key.privateKeyPem,
        // No common name: it may have at most 64 characters, hosts may be longer, and nothing may rely on it.
        subject: { organization: "istio-mtls" },
        dnsNames: [...args.dnsNames],
        ...(args.uris && { uris: [...args.uris] }),
      },
      { parent: this, protect: false },
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
      // Each renewal replaces it.
      { parent: this, protect: false },
    );

    this.chainPem = pulumi.interpolate`${cert.certPem}${args.issuer.certPem}`;
    this.privateKeyPem = pulumi.secret(key.privateKeyPem);
  }
}
