import type * as pulumi from "@pulumi/pulumi";

import type { Labels } from "../istio/objects/resource";

/** A set of pods from which Prometheus collects metrics. */
export interface Scrape {
  /** What the pods are. Part of the resource's name. */
  readonly role: "gateway" | "sidecars" | "istiod";
  /** Name of the Kubernetes object. */
  readonly name: string;
  /** Namespace of the pods. */
  readonly namespace: pulumi.Input<string>;
  /** Labels of the pods. */
  readonly selector: {
    readonly matchLabels?: Labels;
    readonly matchExpressions?: { key: string; operator: "DoesNotExist" }[];
  };
  /** Name of the container port. */
  readonly port: string;
  /** HTTP path of the metrics. */
  readonly path: string;
}

/** Where Envoy serves its metrics: in plain HTTP, even in a mesh with STRICT mutual TLS. */
const ENVOY_METRICS = { port: "http-envoy-prom", path: "/stats/prometheus" } as const;

/** The gateway. */
export function gatewayScrape(namespace: pulumi.Input<string>, matchLabels: Labels): Scrape {
  return {
    role: "gateway",
    name: "mesh-to-mesh-gateway",
    namespace,
    selector: { matchLabels },
    ...ENVOY_METRICS,
  };
}

/** The sidecars in a namespace. Kiali draws its graph from their metrics. */
export function sidecarScrape(namespace: pulumi.Input<string>): Scrape {
  return {
    role: "sidecars",
    name: "mesh-to-mesh-sidecars",
    namespace,
    // A gateway in the same namespace has its own scrape.
    selector: { matchExpressions: [{ key: "istio", operator: "DoesNotExist" }] },
    ...ENVOY_METRICS,
  };
}

/** The control plane. */
export function istiodScrape(namespace: pulumi.Input<string>): Scrape {
  return {
    role: "istiod",
    name: "mesh-to-mesh-istiod",
    namespace,
    selector: { matchLabels: { app: "istiod" } },
    port: "http-monitoring",
    path: "/metrics",
  };
}

/** The pod label that Prometheus adds to every series. It tells which gateway a series comes from. */
export const SERIES_LABEL = "istio";

/**
 * The `spec` of a PodMonitor.
 *
 * @see https://prometheus-operator.dev/docs/api-reference/api/#monitoring.coreos.com/v1.PodMonitorSpec
 */
export function podMonitor({ namespace, selector, port, path }: Scrape) {
  return {
    podTargetLabels: [SERIES_LABEL],
    namespaceSelector: { matchNames: [namespace] },
    selector,
    podMetricsEndpoints: [{ port, path, interval: "15s" }],
  };
}

/**
 * The `spec` of a ClusterPodMonitoring, which selects pods in all namespaces. Google bills by sample, so the interval is
 * twice as long.
 *
 * @see https://github.com/GoogleCloudPlatform/prometheus-engine/blob/main/doc/api.md#clusterpodmonitoring
 */
export function clusterPodMonitoring({ selector, port, path }: Scrape) {
  return {
    selector,
    endpoints: [{ port, path, interval: "30s" }],
    targetLabels: { fromPod: [{ from: SERIES_LABEL, to: SERIES_LABEL }] },
  };
}
