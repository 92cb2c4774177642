import { GATEWAY_STATS } from "./gateway-stats";

/** Settings of a gateway's proxy that differ between gateways. */
export interface GatewayProxySettings {
  readonly maxConnectionSeconds?: number;
  readonly maxStreamSeconds?: number;
  readonly trustedProxies?: number;
}

/**
 * The annotation that configures a gateway's proxy. Istio merges it with the mesh's own proxy configuration, key by key.
 *
 * @see https://istio.io/latest/docs/reference/config/istio.mesh.v1alpha1/#ProxyConfig
 */
export function gatewayProxyAnnotation({
  maxConnectionSeconds,
  maxStreamSeconds,
  trustedProxies,
}: GatewayProxySettings): Record<string, string> {
  const connectionSettings = {
    ...(maxConnectionSeconds !== undefined && {
      httpMaxConnectionDuration: `${maxConnectionSeconds}s`,
    }),
    ...(maxStreamSeconds !== undefined && { httpMaxStreamDuration: `${maxStreamSeconds}s` }),
  };
  return {
    "proxy.istio.io/config": JSON.stringify({
      proxyStatsMatcher: { inclusionRegexps: GATEWAY_STATS },
      proxyHeaders: {
        // A gateway would replace the caller's request ID, by which the logs of all proxies are joined.
        requestId: { disabled: true },
        envoyDebugHeaders: { disabled: true },
        metadataExchangeHeaders: { mode: "IN_MESH" },
      },
      ...(trustedProxies !== undefined && {
        gatewayTopology: { numTrustedProxies: trustedProxies },
      }),
      ...(Object.keys(connectionSettings).length > 0 && { connectionSettings }),
    }),
  };
}
