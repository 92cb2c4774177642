import type * as pulumi from "@pulumi/pulumi";

import type { Labels } from "../istio/objects/resource";

/** A set of pods whose metrics are collected. */
export interface Scrape {
  /** Whose metrics: a word for the resource's name. */
  readonly role: "gateway" | "sidecars" | "istiod";
  /** Name of the object that asks for it. */
  readonly name: string;
  readonly namespace: pulumi.Input<string>;
  readonly selector: {
    readonly matchLabels?: Labels;
    readonly matchExpressions?: { key: string; operator: "DoesNotExist" }[];
  };
  /** Name of the containers' port. */
  readonly port: string;
  readonly path: string;
}

/** The port at which Envoy shows its metrics in plain HTTP, whatever the mesh's mutual TLS. */
const ENVOY = { port: "http-envoy-prom", path: "/stats/prometheus" } as const;

/** The gateway, by its labels. */
export function gatewayScrape(namespace: pulumi.Input<string>, matchLabels: Labels): Scrape {
  return {
    role: "gateway",
    name: "mesh-to-mesh-gateway",
    namespace,
    selector: { matchLabels },
    ...ENVOY,
  };
}

/** The sidecars of a namespace: what Kiali draws from. */
export function sidecarScrape(namespace: pulumi.Input<string>): Scrape {
  return {
    role: "sidecars",
    name: "mesh-to-mesh-sidecars",
    namespace,
    // A gateway beside them has a scrape of its own.
    selector: { matchExpressions: [{ key: "istio", operator: "DoesNotExist" }] },
    ...ENVOY,
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

/** The pods' label that every series carries: it says which gateway it is of. */
const LABEL = "istio";

/**
 * As the `spec` of a PodMonitor.
 *
 * @see https://prometheus-operator.dev/docs/api-reference/api/#monitoring.coreos.com/v1.PodMonitorSpec
 */
export function podMonitor({ namespace, selector, port, path }: Scrape) {
  return {
    podTargetLabels: [LABEL],
    namespaceSelector: { matchNames: [namespace] },
    selector,
    podMetricsEndpoints: [{ port, path, interval: "15s" }],
  };
}

/**
 * As the `spec` of a ClusterPodMonitoring, which picks pods by their labels in all namespaces. Samples cost: half as many.
 *
 * @see https://github.com/GoogleCloudPlatform/prometheus-engine/blob/main/doc/api.md#clusterpodmonitoring
 */
export function clusterPodMonitoring({ selector, port, path }: Scrape) {
  return {
    selector,
    endpoints: [{ port, path, interval: "30s" }],
    targetLabels: { fromPod: [{ from: LABEL, to: LABEL }] },
  };
}
