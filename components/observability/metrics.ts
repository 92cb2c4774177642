import { CLIENT_CREDENTIAL, SERVER_CREDENTIAL } from "../mtls/credential-names";

/** A metric that the dashboard or an alert uses. */
export interface Metric {
  /** What exports it: a gateway's Envoy, or istiod. */
  readonly by: "gateway" | "istiod";
  /** For Envoy: Envoy's own name of a statistic that becomes this metric. */
  readonly stat?: string;
  /** The page or source code that defines the name. */
  readonly source: string;
}

/** Envoy's name of a certificate's expiry. It names a certificate after its Kubernetes Secret. */
function expiryStat(credential: string): string {
  return `ssl.certificate.kubernetes://${credential}.expiration_unix_time_seconds`;
}

/** The same in Prometheus, where a name has `_` for each character that is not a letter or a digit. */
function expiryMetric(scope: "listener" | "cluster", credential: string): string {
  return `envoy_${scope}_${expiryStat(credential).replace(/\W/g, "_")}`;
}

/** When the ingress gateway's certificate expires (Unix time, in seconds). */
export const SERVER_CERTIFICATE_EXPIRY = expiryMetric("listener", SERVER_CREDENTIAL);
/** When the certificate that the egress gateway presents to the server expires (Unix time, in seconds). */
export const CLIENT_CERTIFICATE_EXPIRY = expiryMetric("cluster", CLIENT_CREDENTIAL);

/** The query for the metrics of the egress gateway's certificates, one for each server. */
export function clientExpiryQuery(credentialNames: readonly string[]): string {
  const metrics = credentialNames.map((name) => expiryMetric("cluster", name));
  // A regular expression for the metric's name would be shorter, but Managed Service for Prometheus supports none.
  return metrics.length === 1 ? metrics.join() : `(${metrics.join(" or ")})`;
}

const TLS = "https://www.envoyproxy.io/docs/envoy/latest/configuration/listeners/stats";
const UPSTREAM =
  "https://www.envoyproxy.io/docs/envoy/latest/configuration/upstream/cluster_manager/cluster_stats";
const RBAC =
  "https://www.envoyproxy.io/docs/envoy/latest/configuration/http/http_filters/rbac_filter#statistics";
const SERVER = "https://www.envoyproxy.io/docs/envoy/latest/configuration/observability/statistics";
const CERTIFICATE = "https://github.com/envoyproxy/envoy/blob/v1.40.0/source/common/tls/stats.cc";
const ISTIOD = "https://github.com/istio/istio/blob/1.31.0/security/pkg/server/ca/monitoring.go";

const listener = (name: string): Metric => ({
  by: "gateway",
  stat: `listener.0.0.0.0_443.${name}`,
  source: TLS,
});
const cluster = (name: string): Metric => ({
  by: "gateway",
  stat: `cluster.outbound|80||application.demodomain21.com;.${name}`,
  source: UPSTREAM,
});

/**
 * All metrics that the dashboard and the alerts use, by their names in Prometheus. Of Envoy's metrics, Istio exports a few
 * by default, and the program makes the gateways export the others. Istio's bootstrap moves parts of Envoy's names to
 * labels.
 *
 * @see https://github.com/istio/istio/blob/1.31.0/tools/packaging/common/envoy_bootstrap.json
 */
export const METRICS: Readonly<Record<string, Metric>> = {
  envoy_server_live: { by: "gateway", stat: "server.live", source: SERVER },
  // Decisions of AuthorizationPolicies. The label `authz_enforce_result` is `allowed` or `denied`.
  envoy_http_rbac: {
    by: "gateway",
    stat: "http.outbound_0.0.0.0_443;.rbac.denied",
    source: RBAC,
  },
  envoy_listener_ssl_handshake: listener("ssl.handshake"),
  envoy_listener_ssl_connection_error: listener("ssl.connection_error"),
  envoy_listener_ssl_fail_verify_error: listener("ssl.fail_verify_error"),
  envoy_listener_ssl_fail_verify_san: listener("ssl.fail_verify_san"),
  envoy_listener_ssl_fail_verify_no_cert: listener("ssl.fail_verify_no_cert"),
  envoy_listener_no_filter_chain_match: listener("no_filter_chain_match"),
  envoy_cluster_ssl_handshake: cluster("ssl.handshake"),
  envoy_cluster_ssl_connection_error: cluster("ssl.connection_error"),
  envoy_cluster_ssl_fail_verify_error: cluster("ssl.fail_verify_error"),
  envoy_cluster_ssl_fail_verify_san: cluster("ssl.fail_verify_san"),
  envoy_cluster_upstream_rq: cluster("upstream_rq_200"),
  envoy_cluster_upstream_rq_time_bucket: cluster("upstream_rq_time"),
  envoy_cluster_upstream_cx_connect_fail: cluster("upstream_cx_connect_fail"),
  envoy_cluster_upstream_cx_destroy_remote_with_active_rq: cluster(
    "upstream_cx_destroy_remote_with_active_rq",
  ),
  [SERVER_CERTIFICATE_EXPIRY]: {
    ...listener(expiryStat(SERVER_CREDENTIAL)),
    source: CERTIFICATE,
  },
  [CLIENT_CERTIFICATE_EXPIRY]: {
    ...cluster(expiryStat(CLIENT_CREDENTIAL)),
    source: CERTIFICATE,
  },
  citadel_server_root_cert_expiry_timestamp: { by: "istiod", source: ISTIOD },
  citadel_server_cert_chain_expiry_timestamp: { by: "istiod", source: ISTIOD },
};
