import type * as pulumi from "@pulumi/pulumi";

import { type IstioArgs, IstioResource } from "./resource";

/** The fields of ProxyConfig (`networking.istio.io/v1beta1`) that this project sets. */
export interface ProxyConfigSpec {
  /** Environment variables of the proxies. */
  readonly environmentVariables: Record<string, string>;
}

/**
 * An Istio ProxyConfig. Without a selector it applies to all proxies that start in its namespace from now on.
 *
 * @see https://istio.io/latest/docs/reference/config/networking/proxy-config/
 */
export class ProxyConfig extends IstioResource<ProxyConfigSpec> {
  constructor(name: string, args: IstioArgs<ProxyConfigSpec>, opts?: pulumi.CustomResourceOptions) {
    super("networking.istio.io/v1beta1", "ProxyConfig", name, args, opts);
  }
}
