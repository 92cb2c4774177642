import type * as pulumi from "@pulumi/pulumi";

import { type IstioArgs, IstioResource } from "./resource";

/** Where a route sends its requests. */
export interface Destination {
  readonly host: pulumi.Input<string>;
  readonly subset?: string;
  readonly port: { number: pulumi.Input<number> };
}

/** One route, for the requests that reach one of `gateways` on `port`. */
export interface HttpRoute {
  readonly name: string;
  readonly match: { gateways: pulumi.Input<string>[]; port: number }[];
  readonly route: { destination: Destination }[];
}

/** The part of `networking.istio.io/v1` VirtualService that this program writes. */
export interface VirtualServiceSpec {
  readonly hosts: pulumi.Input<string>[];
  /** Gateways as `namespace/name`; `mesh` stands for all sidecars. */
  readonly gateways: pulumi.Input<string>[];
  /** Namespaces that see it; `.` is its own. */
  readonly exportTo: pulumi.Input<string[]>;
  readonly http: HttpRoute[];
}

/**
 * An Istio VirtualService: routes by host and port.
 *
 * @see https://istio.io/latest/docs/reference/config/networking/virtual-service/
 */
export class VirtualService extends IstioResource<VirtualServiceSpec> {
  constructor(
    name: string,
    args: IstioArgs<VirtualServiceSpec>,
    opts?: pulumi.CustomResourceOptions,
  ) {
    super("networking.istio.io/v1", "VirtualService", name, args, opts);
  }
}
