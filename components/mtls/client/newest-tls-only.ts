import type * as pulumi from "@pulumi/pulumi";

import type { GatewayInput } from "../../istio/gateway-ref";
import { EnvoyFilter } from "../../istio/objects/envoy-filter";
import type { IstioMetadata } from "../../istio/objects/resource";

/** Inputs of {@link newestTlsOnly}. */
export interface NewestTlsOnlyArgs {
  readonly metadata: IstioMetadata;
  readonly gateway: GatewayInput;
  /** Hosts of the server. */
  readonly hosts: readonly string[];
}

/**
 * Makes the gateway refuse a server that offers less than TLS 1.3. A DestinationRule has no field for it, and the mesh's
 * `tlsDefaults` have no version.
 *
 * @see https://istio.io/latest/docs/reference/config/networking/destination-rule/#ClientTLSSettings
 */
export function newestTlsOnly(
  name: string,
  { metadata, gateway, hosts }: NewestTlsOnlyArgs,
  opts: pulumi.CustomResourceOptions,
): EnvoyFilter {
  return new EnvoyFilter(
    name,
    {
      metadata,
      spec: {
        workloadSelector: { labels: gateway.labels },
        configPatches: hosts.map((host) => ({
          applyTo: "CLUSTER",
          match: { context: "GATEWAY", cluster: { service: host } },
          // Istio merges it into the TLS settings that come from the DestinationRule.
          patch: { operation: "MERGE", value: { transport_socket: TLS_1_3 } },
        })),
      },
    },
    opts,
  );
}

const TLS_1_3 = {
  name: "envoy.transport_sockets.tls",
  typed_config: {
    "@type": "type.googleapis.com/envoy.extensions.transport_sockets.tls.v3.UpstreamTlsContext",
    common_tls_context: { tls_params: { tls_minimum_protocol_version: "TLSv1_3" } },
  },
};
