/**
 * Envoy statistics that a gateway exports in addition to Istio's default ones: how handshakes ended, when the
 * certificates from Secrets expire, how requests were answered, and how connections failed. Each entry is a regular
 * expression for the whole name. Sidecars keep Istio's default, because their statistics grow with the number of
 * services.
 *
 * @see https://istio.io/latest/docs/ops/configuration/telemetry/envoy-stats/
 * @see https://www.envoyproxy.io/docs/envoy/latest/configuration/listeners/stats#tls-statistics
 * @see https://www.envoyproxy.io/docs/envoy/latest/configuration/upstream/cluster_manager/cluster_stats
 */
export const GATEWAY_STATS = [
  String.raw`(listener\..+|cluster\.outbound\|.+;)\.ssl\.(handshake|connection_error|fail_verify_(error|san))`,
  String.raw`listener\..+\.(ssl\.fail_verify_no_cert|no_filter_chain_match)`,
  // Istio names a certificate from a Secret after the Secret. The others come from istiod and live for a day.
  String.raw`(listener\..+|cluster\.outbound\|.+;)\.ssl\.certificate\.kubernetes://.+`,
  String.raw`cluster\.outbound\|.+;\.upstream_rq_(\d\d\d|time)`,
  String.raw`cluster\.outbound\|.+;\.upstream_cx_(connect_fail|destroy_remote_with_active_rq)`,
] as const;
