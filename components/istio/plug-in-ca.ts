import * as k8s from "@pulumi/kubernetes";
import * as pulumi from "@pulumi/pulumi";

import type { Issuer } from "../pki/issuer";

/** Inputs of {@link plugInCa}. */
export interface PlugInCaArgs {
  /** Istio's root namespace. */
  readonly namespace: pulumi.Input<string>;
  /** The mesh's intermediate CA. */
  readonly ca: Issuer;
  /** The trust anchors (PEM). The first is the root that the intermediate chains to. */
  readonly trustAnchorPem: pulumi.Input<string>;
}

/**
 * The Secret from which istiod takes its CA. istiod knows it by the name `cacerts`.
 *
 * @see https://istio.io/latest/docs/tasks/security/cert-management/plugin-ca-cert/
 */
export function plugInCa(
  name: string,
  { namespace, ca, trustAnchorPem }: PlugInCaArgs,
  opts: pulumi.CustomResourceOptions,
): k8s.core.v1.Secret {
  return new k8s.core.v1.Secret(
    name,
    {
      metadata: { name: "cacerts", namespace },
      stringData: {
        "ca-cert.pem": ca.certPem,
        "ca-key.pem": pulumi.secret(ca.privateKeyPem),
        "root-cert.pem": trustAnchorPem,
        "cert-chain.pem": pulumi.interpolate`${ca.certPem}${trustAnchorPem}`,
      },
    },
    opts,
  );
}
