import type * as pulumi from "@pulumi/pulumi";

import { type IstioArgs, IstioResource } from "./resource";

/** The fields of Sidecar (`networking.istio.io/v1`) that this project sets. */
export interface SidecarSpec {
  readonly outboundTrafficPolicy: { mode: "REGISTRY_ONLY" };
}

/**
 * An Istio Sidecar. Without a selector it applies to all sidecars of its namespace, and to no gateway.
 *
 * @see https://istio.io/latest/docs/reference/config/networking/sidecar/
 */
export class Sidecar extends IstioResource<SidecarSpec> {
  constructor(name: string, args: IstioArgs<SidecarSpec>, opts?: pulumi.CustomResourceOptions) {
    super("networking.istio.io/v1", "Sidecar", name, args, opts);
  }
}
