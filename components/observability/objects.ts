import { readFileSync } from "node:fs";
import { join } from "node:path";

import * as k8s from "@pulumi/kubernetes";
import type * as pulumi from "@pulumi/pulumi";

import type { AlertGroup } from "./alerts";
import { clusterPodMonitoring, podMonitor, type Scrape } from "./scrapes";

/** Name of the objects that hold rules and dashboard. */
const NAME = "mesh-to-mesh";

/** The dashboard of the path, as Grafana imports it (JSON). */
export const DASHBOARD = readFileSync(join(__dirname, "dashboard.json"), "utf8");

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
  const object = (kind: string, part: string, objectName: string, spec: object) =>
    new k8s.apiextensions.CustomResource(
      `${name}-${part}`,
      {
        apiVersion: "monitoring.coreos.com/v1",
        kind,
        metadata: { name: objectName, namespace: place.namespace, labels: { ...place.labels } },
        spec,
      },
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
  const object = (kind: string, part: string, objectName: string, spec: object) =>
    new k8s.apiextensions.CustomResource(
      `${name}-${part}`,
      {
        apiVersion: "monitoring.googleapis.com/v1",
        kind,
        metadata: { name: objectName },
        spec,
      },
      opts,
    );
  for (const scrape of scrapes) {
    object("ClusterPodMonitoring", scrape.role, scrape.name, clusterPodMonitoring(scrape));
  }
  object("ClusterRules", "alerts", NAME, { groups });
}

/** The dashboard, where Grafana's sidecar looks for it: by its label, in Grafana's own namespace. */
export function dashboardObject(
  name: string,
  namespace: pulumi.Input<string>,
  opts: pulumi.CustomResourceOptions,
): k8s.core.v1.ConfigMap {
  return new k8s.core.v1.ConfigMap(
    name,
    {
      metadata: { name: NAME, namespace, labels: { grafana_dashboard: "1" } },
      data: { [`${NAME}.json`]: DASHBOARD },
    },
    opts,
  );
}
