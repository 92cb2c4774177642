import type * as pulumi from "@pulumi/pulumi";

import { type IstioArgs, IstioResource } from "./resource";

/** The fields of EnvoyFilter (`networking.istio.io/v1alpha3`) that this project sets. It only removes clusters. */
export interface EnvoyFilterSpec {
  readonly configPatches: {
    readonly applyTo: "CLUSTER";
    readonly match: { context: "SIDECAR_OUTBOUND"; cluster: { service: pulumi.Input<string> } };
    readonly patch: { operation: "REMOVE" };
  }[];
}

/**
 * An Istio EnvoyFilter for the sidecars of its namespace.
 *
 * @see https://istio.io/latest/docs/reference/config/networking/envoy-filter/
 */
export class EnvoyFilter extends IstioResource<EnvoyFilterSpec> {
  constructor(name: string, args: IstioArgs<EnvoyFilterSpec>, opts?: pulumi.CustomResourceOptions) {
    super("networking.istio.io/v1alpha3", "EnvoyFilter", name, args, opts);
  }
}
