import * as k8s from "@pulumi/kubernetes";
import type * as pulumi from "@pulumi/pulumi";

import type { AlertGroup } from "./alerts";
import type { Labels } from "../istio/objects/resource";
import { clusterPodMonitoring, podMonitor, type Scrape } from "./scrapes";

/** Name of the objects with the alerts and the dashboard. */
const OBJECT_NAME = "mesh-to-mesh";

/** Inputs of {@link managedObjects}. */
export interface MonitoringObjectsArgs {
  /** The pods to scrape. */
  readonly scrapes: readonly Scrape[];
  /** The alerts to raise. */
  readonly groups: readonly AlertGroup[];
}

/** Inputs of {@link operatorObjects}. */
export interface OperatorObjectsArgs extends MonitoringObjectsArgs {
  /** Namespace in which the operator looks for its objects. */
  readonly namespace: pulumi.Input<string>;
  /** Labels by which the operator selects its objects. */
  readonly labels: Labels;
}

/**
 * Scrapes and alerts for a Prometheus operator.
 *
 * @see https://prometheus-operator.dev/docs/developer/getting-started/
 */
export function operatorObjects(
  name: string,
  args: OperatorObjectsArgs,
  opts: pulumi.CustomResourceOptions,
): void {
  const apiVersion = "monitoring.coreos.com/v1";
  const place = { namespace: args.namespace, labels: { ...args.labels } };
  for (const scrape of args.scrapes) {
    const metadata = { name: scrape.name, ...place };
    new k8s.apiextensions.CustomResource(
      `${name}-${scrape.role}`,
      { apiVersion, kind: "PodMonitor", metadata, spec: podMonitor(scrape) },
      opts,
    );
  }
  const metadata = { name: OBJECT_NAME, ...place };
  new k8s.apiextensions.CustomResource(
    `${name}-alerts`,
    { apiVersion, kind: "PrometheusRule", metadata, spec: { groups: args.groups } },
    opts,
  );
}

/**
 * Scrapes and alerts for Google Cloud Managed Service for Prometheus. The objects have no namespace, because rules in a
 * namespace see only that namespace's series.
 *
 * @see https://cloud.google.com/stackdriver/docs/managed-prometheus/rules-managed
 */
export function managedObjects(
  name: string,
  args: MonitoringObjectsArgs,
  opts: pulumi.CustomResourceOptions,
): void {
  const apiVersion = "monitoring.googleapis.com/v1";
  for (const scrape of args.scrapes) {
    const metadata = { name: scrape.name };
    new k8s.apiextensions.CustomResource(
      `${name}-${scrape.role}`,
      { apiVersion, kind: "ClusterPodMonitoring", metadata, spec: clusterPodMonitoring(scrape) },
      opts,
    );
  }
  const metadata = { name: OBJECT_NAME };
  new k8s.apiextensions.CustomResource(
    `${name}-alerts`,
    { apiVersion, kind: "ClusterRules", metadata, spec: { groups: args.groups } },
    opts,
  );
}

/** Inputs of {@link dashboardObject}. */
export interface DashboardObjectArgs {
  /** Grafana's namespace. */
  readonly namespace: pulumi.Input<string>;
  /** The dashboard (JSON). */
  readonly json: string;
}

/** The dashboard as a ConfigMap with the label by which Grafana's sidecar finds it. */
export function dashboardObject(
  name: string,
  args: DashboardObjectArgs,
  opts: pulumi.CustomResourceOptions,
): k8s.core.v1.ConfigMap {
  return new k8s.core.v1.ConfigMap(
    name,
    {
      metadata: {
        name: OBJECT_NAME,
        namespace: args.namespace,
        labels: { grafana_dashboard: "1" },
      },
      data: { [`${OBJECT_NAME}.json`]: args.json },
    },
    opts,
  );
}
