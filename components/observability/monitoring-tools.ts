import type * as pulumi from "@pulumi/pulumi";

import { keptNamespace } from "../kept-namespace";
import { kiali } from "./kiali";
import { namespaceIsolation } from "./namespace-isolation";
import { type PrometheusStack, prometheusStack } from "./prometheus-stack";
import type { InstallSettings } from "./settings";

/** What {@link monitoringTools} installed. */
export interface MonitoringTools extends PrometheusStack {
  /** Namespace of all of it. */
  readonly namespace: pulumi.Output<string>;
}

/**
 * Prometheus, Alertmanager, Grafana and Kiali, in their own namespace outside the mesh: Envoy and istiod serve metrics in
 * plain HTTP, so a sidecar would not protect the scrapes.
 */
export function monitoringTools(
  name: string,
  settings: InstallSettings,
  opts: pulumi.CustomResourceOptions,
): MonitoringTools {
  const created = keptNamespace(
    `${name}-namespace`,
    { name: settings.namespace, labels: { "istio-injection": "disabled" } },
    opts,
  );
  const namespace = created.metadata.name;
  namespaceIsolation(`${name}-own-pods-only`, { namespace }, opts);
  const stack = prometheusStack(name, { settings, namespace }, opts);
  if (settings.kiali) {
    kiali(`${name}-kiali`, { settings, namespace, prometheus: stack.release }, opts);
  }
  return { ...stack, namespace };
}
