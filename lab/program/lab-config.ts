import type { ConfigValue } from "./config-value";

/**
 * What Istio needs so that an upstream Envoy accepts all that istiod sends: Istio's own filters are compiled into its
 * proxy image alone. Its own metrics go with them, and so does the sniffing of protocols.
 */
const UPSTREAM_ENVOY = {
  istiod: {
    env: { PILOT_ENABLE_METADATA_EXCHANGE: "false", PILOT_ENABLE_ALPN_FILTER: "false" },
    telemetry: { enabled: false },
  },
};

/** All in which the lab's stacks differ from the committed stack files: the cluster, the charts' place, the proxy. */
export function buildLabConfig(charts: string): Readonly<Record<string, ConfigValue>> {
  return { cluster: "kubeconfig", istioCharts: charts, istioValues: UPSTREAM_ENVOY };
}
