import type * as pulumi from "@pulumi/pulumi";

import { EnvoyFilter } from "../../istio/objects/envoy-filter";
import { ROOT_NAMESPACE } from "../../istio/root-namespace";

/** Inputs of {@link noBypass}. */
export interface NoBypassArgs {
  /** Name of the object. */
  readonly objectName: string;
  /** Namespace of the application. */
  readonly namespace: pulumi.Input<string>;
  /** Other namespaces with callers. */
  readonly callerNamespaces: readonly string[];
  /** Hosts that sidecars must not reach without the gateway. */
  readonly hosts: readonly string[];
}

/**
 * Removes the Envoy clusters of the hosts from the sidecars of all callers. Istio makes these clusters for each proxy that
 * sees the ServiceEntry, and through them a sidecar could connect to the server in plaintext. A namespace of callers
 * belongs to others, so its filter is in Istio's root namespace.
 */
export function noBypass(
  name: string,
  { objectName, namespace, callerNamespaces, hosts }: NoBypassArgs,
  opts: pulumi.CustomResourceOptions,
): EnvoyFilter[] {
  const removals = (proxy: { proxy?: { metadata: { NAMESPACE: string } } }) =>
    hosts.map((host) => ({
      applyTo: "CLUSTER" as const,
      match: { context: "SIDECAR_OUTBOUND" as const, ...proxy, cluster: { service: host } },
      patch: { operation: "REMOVE" as const },
    }));
  return [
    new EnvoyFilter(
      name,
      { metadata: { name: objectName, namespace }, spec: { configPatches: removals({}) } },
      opts,
    ),
    ...callerNamespaces.map(
      (caller) =>
        new EnvoyFilter(
          `${name}-${caller}`,
          {
            metadata: { name: `${objectName}-${caller}`, namespace: ROOT_NAMESPACE },
            spec: { configPatches: removals({ proxy: { metadata: { NAMESPACE: caller } } }) },
          },
          opts,
        ),
    ),
  ];
}
