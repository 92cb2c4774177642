import type * as pulumi from "@pulumi/pulumi";

import { EnvoyFilter } from "../../istio/objects/envoy-filter";
import type { IstioMetadata } from "../../istio/objects/resource";

/** Inputs of {@link noBypass}. */
export interface NoBypassArgs {
  readonly metadata: IstioMetadata;
  /** Hosts that sidecars must not reach without the gateway. */
  readonly hosts: readonly string[];
}

/**
 * Removes the Envoy clusters of the hosts from the sidecars of the application's namespace. Istio makes these clusters
 * for each proxy that sees the ServiceEntry, and through them a sidecar could connect to the server in plaintext.
 */
export function noBypass(
  name: string,
  { metadata, hosts }: NoBypassArgs,
  opts: pulumi.CustomResourceOptions,
): EnvoyFilter {
  return new EnvoyFilter(
    name,
    {
      metadata,
      spec: {
        configPatches: hosts.map((host) => ({
          applyTo: "CLUSTER",
          match: { context: "SIDECAR_OUTBOUND", cluster: { service: host } },
          patch: { operation: "REMOVE" },
        })),
      },
    },
    opts,
  );
}
