import type * as pulumi from "@pulumi/pulumi";

import { type IstioArgs, IstioResource } from "./resource";

/** The part of `networking.istio.io/v1` ServiceEntry that this program writes. */
export interface ServiceEntrySpec {
  readonly hosts: pulumi.Input<string>[];
  /** Namespaces that see it; `.` is its own. */
  readonly exportTo: pulumi.Input<string[]>;
  readonly location: "MESH_EXTERNAL";
  /** STATIC for endpoints that are IP addresses, DNS for those that are names. */
  readonly resolution: pulumi.Input<"STATIC" | "DNS">;
  readonly ports: {
    number: number;
    name: string;
    protocol: "HTTP";
    targetPort: pulumi.Input<number>;
  }[];
  readonly endpoints: { address: pulumi.Input<string> }[];
}

/**
 * An Istio ServiceEntry: a host outside the mesh that the mesh may know.
 *
 * @see https://istio.io/latest/docs/reference/config/networking/service-entry/
 */
export class ServiceEntry extends IstioResource<ServiceEntrySpec> {
  constructor(
    name: string,
    args: IstioArgs<ServiceEntrySpec>,
    opts?: pulumi.CustomResourceOptions,
  ) {
    super("networking.istio.io/v1", "ServiceEntry", name, args, opts);
  }
}
