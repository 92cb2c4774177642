/**
 * Statistics of Envoy that a gateway exports beside Istio's few, as regular expressions that match whole names: how each
 * handshake ended, when the certificates expire that the program gave, how requests were answered, and how connections
 * failed. Sidecars are left with Istio's few: theirs grow with the number of services.
 *
 * @see https://istio.io/latest/docs/ops/configuration/telemetry/envoy-stats/
 * @see https://www.envoyproxy.io/docs/envoy/latest/configuration/listeners/stats#tls-statistics
 * @see https://www.envoyproxy.io/docs/envoy/latest/configuration/upstream/cluster_manager/cluster_stats
 */
export const GATEWAY_STATS = [
  String.raw`(listener\..+|cluster\.outbound\|.+;)\.ssl\.(handshake|connection_error|fail_verify_(error|san))`,
  String.raw`listener\..+\.(ssl\.fail_verify_no_cert|no_filter_chain_match)`,
  // Istio names a certificate after the Secret that it comes from; those without one are istiod's, of a day.
  String.raw`(listener\..+|cluster\.outbound\|.+;)\.ssl\.certificate\.kubernetes://.+`,
  String.raw`cluster\.outbound\|.+;\.upstream_rq_(\d\d\d|time)`,
  String.raw`cluster\.outbound\|.+;\.upstream_cx_(connect_fail|destroy_remote_with_active_rq)`,
] as const;

/**
 * The annotation by which a pod's proxy is told of {@link GATEWAY_STATS}. It goes beside the mesh's own configuration of
 * proxies, key by key.
 *
 * @see https://istio.io/latest/docs/reference/config/istio.mesh.v1alpha1/#ProxyConfig-ProxyStatsMatcher
 */
export function gatewayStatsAnnotation(): Record<string, string> {
  return {
    "proxy.istio.io/config": JSON.stringify({
      proxyStatsMatcher: { inclusionRegexps: GATEWAY_STATS },
    }),
  };
}
