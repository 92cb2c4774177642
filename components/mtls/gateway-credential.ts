import * as k8s from "@pulumi/kubernetes";
import * as pulumi from "@pulumi/pulumi";
import { z } from "zod";

import { input } from "../../validation/args";
import { nonEmpty } from "../../validation/fields";

/** The certificate that a gateway presents, and the certificate that it checks its peer against. */
export interface GatewayCredentialArgs {
  /** The gateway's certificate, followed by its intermediate (PEM). */
  readonly chainPem: pulumi.Input<string>;
  /** The private key of the gateway's certificate (PEM), a secret. */
  readonly privateKeyPem: pulumi.Input<string>;
  /** The root certificate that the peer's certificate must chain to (PEM). */
  readonly trustAnchorPem: pulumi.Input<string>;
  /**
   * Revocation lists (PEM) of the root and of each intermediate that signs for a peer. A peer whose CA has no list, or an
   * expired one, is refused.
   *
   * @default no certificate is revoked
   * @see https://www.envoyproxy.io/docs/envoy/latest/api-v3/extensions/transport_sockets/tls/v3/common.proto
   */
  readonly crlPem?: pulumi.Input<string> | undefined;
}

/** Checks {@link GatewayCredentialArgs}. */
export const gatewayCredentialArgs = z.looseObject({
  chainPem: input(nonEmpty),
  privateKeyPem: input(nonEmpty),
  trustAnchorPem: input(nonEmpty),
  crlPem: input(nonEmpty).optional(),
});

/**
 * The Secret that Istio's objects refer to as `credentialName`. istiod pushes a change to the gateway, which needs no
 * restart.
 *
 * @see https://istio.io/latest/docs/tasks/traffic-management/ingress/secure-ingress/#key-formats
 */
export function gatewayCredential(
  name: string,
  args: GatewayCredentialArgs & {
    readonly metadata: { readonly name: string; readonly namespace: pulumi.Input<string> };
  },
  opts: pulumi.CustomResourceOptions,
): k8s.core.v1.Secret {
  return new k8s.core.v1.Secret(
    name,
    {
      metadata: args.metadata,
      type: "kubernetes.io/tls",
      stringData: {
        "tls.crt": args.chainPem,
        "tls.key": pulumi.secret(args.privateKeyPem),
        "ca.crt": args.trustAnchorPem,
        ...(args.crlPem !== undefined && { "ca.crl": args.crlPem }),
      },
    },
    opts,
  );
}
