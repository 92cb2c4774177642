import type * as pulumi from "@pulumi/pulumi";

import { type IstioArgs, IstioResource, type Labels } from "./resource";

/** Mutual TLS with the mesh's own workload certificates. */
export interface IstioMutualClientTls {
  readonly mode: "ISTIO_MUTUAL";
  readonly sni?: pulumi.Input<string>;
}

/** Mutual TLS with a certificate of our own. */
export interface MutualClientTls {
  readonly mode: "MUTUAL";
  /** Secret with `tls.crt`, `tls.key` and `ca.crt`, in the gateway pod's namespace. */
  readonly credentialName: pulumi.Input<string>;
  readonly sni: pulumi.Input<string>;
  /** Names of which the server's certificate must carry one. Never optional: `sni` alone checks no name. */
  readonly subjectAltNames: pulumi.Input<string>[];
}

/** The part of `networking.istio.io/v1` DestinationRule that this program writes. */
export interface DestinationRuleSpec {
  readonly host: pulumi.Input<string>;
  /** Namespaces that see it; `.` is its own. */
  readonly exportTo: pulumi.Input<string>[];
  /** Pods that originate by this rule; all of its namespace when absent. */
  readonly workloadSelector?: { matchLabels: pulumi.Input<Labels> };
  readonly trafficPolicy?: { tls: IstioMutualClientTls | MutualClientTls };
  readonly subsets?: { name: string; trafficPolicy: { tls: IstioMutualClientTls } }[];
}

/**
 * An Istio DestinationRule: how connections to a host are made.
 *
 * @see https://istio.io/latest/docs/reference/config/networking/destination-rule/
 */
export class DestinationRule extends IstioResource<DestinationRuleSpec> {
  constructor(
    name: string,
    args: IstioArgs<DestinationRuleSpec>,
    opts?: pulumi.CustomResourceOptions,
  ) {
    super("networking.istio.io/v1", "DestinationRule", name, args, opts);
  }
}
