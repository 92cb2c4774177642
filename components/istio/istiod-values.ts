import type { Values } from "../helm/merge-values";
import { ACCESS_LOG_FORMAT } from "./access-log";

/** The Helm values that make a mesh of `trustDomain` closed by default. */
export function istiodValues(trustDomain: string): Values {
  return {
    // Half of the chart's. Each change runs a second istiod for a moment, and both must fit on one node of 2 vCPUs.
    resources: { requests: { cpu: "250m", memory: "1Gi" } },
    meshConfig: {
      trustDomain,
      accessLogFile: "/dev/stdout",
      accessLogFormat: ACCESS_LOG_FORMAT,
      outboundTrafficPolicy: { mode: "REGISTRY_ONLY" },
      // Istio's default makes every proxy trace 1 % of the requests, for a collector that is not installed. A Telemetry
      // object that names a provider still turns tracing on.
      enableTracing: false,
      // After a DNS query without an answer, Envoy asks again after this time. It follows the record's TTL otherwise.
      dnsRefreshRate: "5s",
      // Applications call the server's hosts by name. With DNS capture the sidecar answers, and no DNS zone is needed.
      defaultConfig: {
        proxyMetadata: {
          ISTIO_META_DNS_CAPTURE: "true",
          // When the trust anchors change, the agent gets them from istiod and renews its certificate.
          PROXY_CONFIG_XDS_AGENT: "true",
          // Otherwise each proxy looks for the metadata servers of three clouds when it starts. For pods that may not
          // leave the cluster, that takes 5 s. istiod knows the zones from the nodes.
          CLOUD_PLATFORM: "none",
        },
      },
    },
    env: {
      // A running istiod takes trust anchors that contain the old ones, or are some of them. So a root can be replaced.
      ISTIO_MULTIROOT_MESH: "true",
      // Old HTTP clients, such as nginx by default, send HTTP/1.0. Envoy would close their connections.
      PILOT_HTTP10: "true",
    },
  };
}
