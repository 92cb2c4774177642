import type * as pulumi from "@pulumi/pulumi";

import { type IstioArgs, IstioResource } from "./resource";

/** Where a route sends requests. */
export interface Destination {
  readonly host: pulumi.Input<string>;
  readonly subset?: string;
  readonly port: { number: pulumi.Input<number> };
}

/** When and how often a proxy repeats a request. Durations are strings such as `2s`. */
export interface Retries {
  readonly attempts: number;
  readonly perTryTimeout?: string;
  /** Conditions joined by commas, such as `connect-failure,503`. */
  readonly retryOn?: string;
  readonly backoff?: string;
}

/** Changes to headers. A value may have Envoy's variables, such as `%PROTOCOL%`. */
export interface HeaderChanges {
  readonly set?: Readonly<Record<string, string>>;
  readonly remove?: string[];
}

/** Requests that reach one of `gateways` on `port`, all of them or those with a certain path, method and headers. */
export interface HttpMatch {
  readonly gateways: pulumi.Input<string>[];
  readonly port: number;
  /** The path, without the query. */
  readonly uri?: { readonly exact: string } | { readonly prefix: string };
  readonly method?: { readonly regex: string };
  readonly headers?: Readonly<Record<string, { regex: string }>>;
}

/** A route for requests. The first that matches a request is used. */
export interface HttpRoute {
  readonly name: string;
  readonly match: HttpMatch[];
  readonly route: { destination: Destination }[];
  /** How long a response may take, retries included, such as `10s`. No limit when absent. */
  readonly timeout?: string;
  readonly retries?: Retries;
  /** Header of the host for the next hop. */
  readonly rewrite?: { readonly authority: pulumi.Input<string> };
  readonly headers?: { readonly request?: HeaderChanges; readonly response?: HeaderChanges };
}

/** The fields of VirtualService (`networking.istio.io/v1`) that this project or a transform sets. */
export interface VirtualServiceSpec {
  readonly hosts: pulumi.Input<string>[];
  /** Gateways as `namespace/name`. `mesh` means all sidecars. */
  readonly gateways: pulumi.Input<string>[];
  /** Namespaces that see it. `.` is its own namespace. */
  readonly exportTo: pulumi.Input<string[]>;
  readonly http: HttpRoute[];
}

/** Arguments of {@link VirtualService}. */
export type VirtualServiceArgs = IstioArgs<VirtualServiceSpec>;

/**
 * An Istio VirtualService: routes by host and port.
 *
 * @see https://istio.io/latest/docs/reference/config/networking/virtual-service/
 */
export class VirtualService extends IstioResource<VirtualServiceSpec> {
  constructor(name: string, args: VirtualServiceArgs, opts?: pulumi.CustomResourceOptions) {
    super("networking.istio.io/v1", "VirtualService", name, args, opts);
  }
}
