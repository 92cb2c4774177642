import * as pulumi from "@pulumi/pulumi";

import { GATEWAY_PORT } from "../../istio/gateway-port";
import type { GatewayInput } from "../../istio/gateway-ref";
import { EnvoyFilter } from "../../istio/objects/envoy-filter";
import type { IstioMetadata } from "../../istio/objects/resource";

/** Body of the answer to a suspended client. */
export const SUSPENDED_BODY = "This client is suspended. Ask the operator of the server.\n";

/** Inputs of {@link suspensionNotice}. */
export interface SuspensionNoticeArgs {
  readonly metadata: IstioMetadata;
  readonly gateway: GatewayInput;
  /** Start of the names of the policies that refuse suspended clients. */
  readonly policyPrefix: string;
}

/**
 * Gives the refusals by these policies their own body, because Istio's own (`RBAC: access denied`) does not say why.
 * The policies refuse the requests with or without this filter. Envoy names the policy that decided, so no header of the
 * request matters. The filter does not list clients, so it stays the same when another client is suspended.
 *
 * @see https://www.envoyproxy.io/docs/envoy/latest/configuration/http/http_conn_man/local_reply
 */
export function suspensionNotice(
  name: string,
  { metadata, gateway, policyPrefix }: SuspensionNoticeArgs,
  opts: pulumi.CustomResourceOptions,
): EnvoyFilter {
  const decidedBy = pulumi.interpolate`rbac_access_denied_matched_policy[ns[${metadata.namespace}]-policy[${policyPrefix}`;
  return new EnvoyFilter(
    name,
    {
      metadata,
      spec: {
        workloadSelector: { labels: gateway.labels },
        configPatches: [
          {
            applyTo: "NETWORK_FILTER",
            match: {
              context: "GATEWAY",
              listener: {
                portNumber: GATEWAY_PORT,
                filterChain: { filter: { name: "envoy.filters.network.http_connection_manager" } },
              },
            },
            patch: {
              operation: "MERGE",
              value: {
                typed_config: {
                  "@type":
                    "type.googleapis.com/envoy.extensions.filters.network.http_connection_manager.v3.HttpConnectionManager",
                  local_reply_config: {
                    mappers: [
                      {
                        filter: {
                          extension_filter: {
                            name: "envoy.access_loggers.extension_filters.cel",
                            typed_config: {
                              "@type":
                                "type.googleapis.com/envoy.extensions.access_loggers.filters.cel.v3.ExpressionFilter",
                              expression: pulumi.interpolate`response.code_details.startsWith("${decidedBy}")`,
                            },
                          },
                        },
                        body: { inline_string: SUSPENDED_BODY },
                      },
                    ],
                  },
                },
              },
            },
          },
        ],
      },
    },
    opts,
  );
}
