import * as k8s from "@pulumi/kubernetes";
import * as pulumi from "@pulumi/pulumi";

/** What a gateway shows its peer, and what it asks of it. */
export interface GatewayCredentialArgs {
  /** The gateway's certificate, followed by its intermediate (PEM). */
  readonly chainPem: pulumi.Input<string>;
  /** The key of the gateway's certificate (PEM), a secret. */
  readonly privateKeyPem: pulumi.Input<string>;
  /** The trust anchor that the peer's certificate must chain to (PEM). */
  readonly trustAnchorPem: pulumi.Input<string>;
}

/**
 * The Secret that Istio calls `credentialName`; its keys are read by istiod and pushed to the gateway when they
 * change, without a restart.
 *
 * @see https://istio.io/latest/docs/tasks/traffic-management/ingress/secure-ingress/#key-formats
 */
export function gatewayCredential(
  name: string,
  args: GatewayCredentialArgs & {
    readonly metadata: { name: string; namespace: pulumi.Input<string> };
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
      },
    },
    opts,
  );
}
