import type { Flags } from "../flags";
import { ISTIO_IMAGES } from "../images/references";
import type { ConfigValue } from "./config-value";
import { LAB_SERVICES, labClients } from "./lab-clients";

// containerd has the images. Kubernetes would still ask their registry, because the charts write the image `auto`.
const imagePullPolicy = "IfNotPresent";

const ISTIOD_VALUES = {
  // The charts are those of Istio's source. The charts of a release have its registry and tag in them.
  // By default, the kubelet asks a proxy every 15 s whether it is ready, so a failed first probe would cost 15 s.
  global: { ...ISTIO_IMAGES, imagePullPolicy, proxy: { readinessPeriodSeconds: 1 } },
};

/** Values of the gateways' chart. */
export const GATEWAY_VALUES = {
  imagePullPolicy,
  // kube-proxy, the lab's load balancer, notices at once that a pod stops.
  lifecycle: { preStop: { sleep: { seconds: 1 } } },
};

/**
 * Makes istiod send only what upstream Envoy accepts. Istio compiles its own filters into its proxy image only, so
 * the lab has neither Istio's metrics nor protocol sniffing.
 */
const UPSTREAM_ENVOY_VALUES = {
  env: { PILOT_ENABLE_METADATA_EXCHANGE: "false", PILOT_ENABLE_ALPN_FILTER: "false" },
  telemetry: { enabled: false },
};

/**
 * Configuration that the lab sets over the committed stack files: the cluster, the charts' folders, the
 * proxy, and more hosts and clients.
 */
export function buildLabConfig(
  charts: string,
  images: Flags["images"],
  monitoringCharts?: string,
): Readonly<Record<string, ConfigValue>> {
  return {
    cluster: "kubeconfig",
    istioCharts: charts,
    services: LAB_SERVICES,
    clients: labClients(),
    istioValues: { istiod: buildIstiodValues(images), gateway: GATEWAY_VALUES },
    ...(monitoringCharts !== undefined && {
      observability: {
        prometheus: "install",
        prometheusCharts: monitoringCharts,
        kialiCharts: monitoringCharts,
      },
    }),
  };
}

/** Values that istiod's chart needs in the lab. */
export function buildIstiodValues(images: Flags["images"]) {
  return images === "built" ? { ...ISTIOD_VALUES, ...UPSTREAM_ENVOY_VALUES } : ISTIOD_VALUES;
}
