import type { ConfigValue } from "./config-value";

/**
 * Makes istiod send only what upstream Envoy accepts. Istio compiles its own filters into its proxy image only, so
 * the lab has neither Istio's metrics nor protocol sniffing.
 */
const UPSTREAM_ENVOY = {
  istiod: {
    env: { PILOT_ENABLE_METADATA_EXCHANGE: "false", PILOT_ENABLE_ALPN_FILTER: "false" },
    telemetry: { enabled: false },
  },
};

/** Configuration that the lab sets over the committed stack files: the cluster, the charts' folder, and the proxy. */
export function buildLabConfig(charts: string): Readonly<Record<string, ConfigValue>> {
  return { cluster: "kubeconfig", istioCharts: charts, istioValues: UPSTREAM_ENVOY };
}
