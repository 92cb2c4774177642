import type * as pulumi from "@pulumi/pulumi";

import { type IstioArgs, IstioResource, type Labels } from "./resource";

/** Removes a cluster from sidecars. */
export interface ClusterRemoval {
  readonly applyTo: "CLUSTER";
  readonly match: {
    context: "SIDECAR_OUTBOUND";
    /** Sidecars of this namespace only, by what they tell istiod about themselves. */
    proxy?: { metadata: { NAMESPACE: string } };
    cluster: { service: pulumi.Input<string> };
  };
  readonly patch: { operation: "REMOVE" };
}

/** Adds settings to a gateway's cluster. */
export interface ClusterMerge {
  readonly applyTo: "CLUSTER";
  readonly match: { context: "GATEWAY"; cluster: { service: pulumi.Input<string> } };
  readonly patch: { operation: "MERGE"; value: Record<string, unknown> };
}

/** Adds settings to a network filter of a gateway's listener. */
export interface NetworkFilterMerge {
  readonly applyTo: "NETWORK_FILTER";
  readonly match: {
    context: "GATEWAY";
    listener: { portNumber: number; filterChain: { filter: { name: string } } };
  };
  readonly patch: { operation: "MERGE"; value: { typed_config: Record<string, unknown> } };
}

/** The fields of EnvoyFilter (`networking.istio.io/v1alpha3`) that this project sets. */
export interface EnvoyFilterSpec {
  /** Pods to which the filter applies. All pods of its namespace when absent. */
  readonly workloadSelector?: { labels: pulumi.Input<Labels> };
  readonly configPatches: (ClusterRemoval | ClusterMerge | NetworkFilterMerge)[];
}

/**
 * An Istio EnvoyFilter.
 *
 * @see https://istio.io/latest/docs/reference/config/networking/envoy-filter/
 */
export class EnvoyFilter extends IstioResource<EnvoyFilterSpec> {
  constructor(name: string, args: IstioArgs<EnvoyFilterSpec>, opts?: pulumi.CustomResourceOptions) {
    super("networking.istio.io/v1alpha3", "EnvoyFilter", name, args, opts);
  }
}
