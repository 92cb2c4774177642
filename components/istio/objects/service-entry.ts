import type * as pulumi from "@pulumi/pulumi";

import { type IstioArgs, IstioResource } from "./resource";

/** The fields of ServiceEntry (`networking.istio.io/v1`) that this project or a transform sets. */
export interface ServiceEntrySpec {
  readonly hosts: pulumi.Input<string>[];
  /** Namespaces that see the entry. `.` is the entry's own namespace. */
  readonly exportTo: pulumi.Input<string[]>;
  readonly location: "MESH_EXTERNAL";
  /** STATIC for endpoints with an IP address, DNS for endpoints with a name. */
  readonly resolution: pulumi.Input<"STATIC" | "DNS">;
  readonly ports: {
    number: number;
    name: string;
    protocol: "HTTP";
    targetPort: pulumi.Input<number>;
  }[];
  readonly endpoints: {
    readonly address: pulumi.Input<string>;
    /** Ports that differ from the target ports, by the names of the ports. */
    readonly ports?: Readonly<Record<string, pulumi.Input<number>>>;
    readonly locality?: pulumi.Input<string>;
    readonly weight?: pulumi.Input<number>;
  }[];
}

/** Arguments of {@link ServiceEntry}. */
export type ServiceEntryArgs = IstioArgs<ServiceEntrySpec>;

/**
 * An Istio ServiceEntry: a host outside the mesh that the mesh's proxies know.
 *
 * @see https://istio.io/latest/docs/reference/config/networking/service-entry/
 */
export class ServiceEntry extends IstioResource<ServiceEntrySpec> {
  constructor(name: string, args: ServiceEntryArgs, opts?: pulumi.CustomResourceOptions) {
    super("networking.istio.io/v1", "ServiceEntry", name, args, opts);
  }
}
