import * as k8s from "@pulumi/kubernetes";
import type * as pulumi from "@pulumi/pulumi";

import type { AlertGroup } from "./alerts";
import { clusterPodMonitoring, podMonitor, type Scrape } from "./scrapes";

/** Name of the objects that hold rules and dashboard. */
const NAME = "mesh-to-mesh";

/** What is watched, whoever watches. */
export interface Watched {
  readonly scrapes: readonly Scrape[];
  readonly groups: readonly AlertGroup[];
}

/**
 * The path's scrapes and rules for a Prometheus operator.
 *
 * @see https://prometheus-operator.dev/docs/developer/getting-started/
 */
export function operatorObjects(
  name: string,
  { scrapes, groups }: Watched,
  place: {
    readonly namespace: pulumi.Input<string>;
    readonly labels: Readonly<Record<string, string>>;
  },
  opts: pulumi.CustomResourceOptions,
): void {
  const object = monitoringObjects(
    name,
    "monitoring.coreos.com/v1",
    { namespace: place.namespace, labels: { ...place.labels } },
    opts,
  );
  for (const scrape of scrapes) object("PodMonitor", scrape.role, scrape.name, podMonitor(scrape));
  object("PrometheusRule", "alerts", NAME, { groups });
}

/**
 * The same for Google's managed Prometheus. They belong to no namespace: rules of one would see its own series alone.
 *
 * @see https://cloud.google.com/stackdriver/docs/managed-prometheus/rules-managed
 */
export function managedObjects(
  name: string,
  { scrapes, groups }: Watched,
  opts: pulumi.CustomResourceOptions,
): void {
  const object = monitoringObjects(name, "monitoring.googleapis.com/v1", {}, opts);
  for (const scrape of scrapes) {
    object("ClusterPodMonitoring", scrape.role, scrape.name, clusterPodMonitoring(scrape));
  }
  object("ClusterRules", "alerts", NAME, { groups });
}

/** Makes objects of a Prometheus' API, each at that place. */
function monitoringObjects(
  name: string,
  apiVersion: string,
  place: {
    readonly namespace?: pulumi.Input<string>;
    readonly labels?: Record<string, string>;
  },
  opts: pulumi.CustomResourceOptions,
) {
  return (kind: string, part: string, objectName: string, spec: object) =>
    new k8s.apiextensions.CustomResource(
      `${name}-${part}`,
      { apiVersion, kind, metadata: { name: objectName, ...place }, spec },
      opts,
    );
}

/** The dashboard, where Grafana's sidecar looks for it: by its label, in Grafana's own namespace. */
export function dashboardObject(
  name: string,
  namespace: pulumi.Input<string>,
  json: string,
  opts: pulumi.CustomResourceOptions,
): k8s.core.v1.ConfigMap {
  return new k8s.core.v1.ConfigMap(
    name,
    {
      metadata: { name: NAME, namespace, labels: { grafana_dashboard: "1" } },
      data: { [`${NAME}.json`]: json },
    },
    opts,
  );
}
