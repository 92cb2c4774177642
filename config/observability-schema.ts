import { z } from "zod";

import type { ObservabilitySettings } from "../components/observability/settings";
import { chartSource, chartVersion, helmValues, objectName, oneOf } from "../validation/fields";

export const observabilitySettings: z.ZodType<ObservabilitySettings> = z
  .strictObject({
    /**
     * What collects metrics and raises alerts: `install` puts up Prometheus with its operator, Alertmanager and
     * Grafana; `operator` adds scrapes, rules and the dashboard for a Prometheus operator that is there; `managed`
     * adds scrapes and rules for Google's managed Prometheus.
     *
     * @see https://prometheus-operator.dev/docs/getting-started/introduction/
     * @see https://cloud.google.com/stackdriver/docs/managed-prometheus/setup-managed
     */
    prometheus: oneOf("install", "operator", "managed"),
    /**
     * With `install`: whether to put up Kiali, which draws the mesh as a graph.
     *
     * @default true
     * @see https://kiali.io/docs/
     */
    kiali: z.boolean().exactOptional(),
    /**
     * With `install`, a namespace that the program makes; with `operator`, one that is there, in which the operator
     * looks for its objects and Grafana for dashboards.
     *
     * @default "monitoring"
     */
    namespace: objectName.exactOptional(),
    /**
     * With `operator`: labels by which it picks the objects that are its own.
     *
     * @default {"release": "kube-prometheus-stack"}
     */
    labels: z.record(z.string(), z.string()).exactOptional(),
    /**
     * With `install`: where the chart `kube-prometheus-stack` comes from: a repository (https://…), a registry
     * (oci://…), or a folder with a folder per chart.
     *
     * @default "https://prometheus-community.github.io/helm-charts"
     */
    prometheusCharts: chartSource.exactOptional(),
    /**
     * With `install`: version of `kube-prometheus-stack`.
     *
     * @default "88.5.3"
     */
    prometheusVersion: chartVersion.exactOptional(),
    /**
     * With `install`: Helm values laid over the program's own for `kube-prometheus-stack`. The state shows them: put
     * no password into them.
     *
     * @default {}
     */
    prometheusValues: helmValues.exactOptional(),
    /**
     * With `install`: where the chart `kiali-server` comes from, as `prometheusCharts`.
     *
     * @default "https://kiali.org/helm-charts"
     */
    kialiCharts: chartSource.exactOptional(),
    /**
     * With `install`: version of `kiali-server`: one that knows the Istio version in use.
     *
     * @default "2.27.0"
     * @see https://kiali.io/docs/installation/installation-guide/prerequisites/#version-compatibility
     */
    kialiVersion: chartVersion.exactOptional(),
    /**
     * With `install`: Helm values laid over the program's own for `kiali-server`. The state shows them.
     *
     * @default {}
     */
    kialiValues: helmValues.exactOptional(),
  })
  .superRefine(({ prometheus, ...others }, context) => {
    for (const key of Object.keys(others) as (keyof typeof others)[]) {
      const needed = NEEDS[key];
      if (needed.includes(prometheus)) continue;
      context.addIssue({
        code: "custom",
        path: [key],
        message: `has no effect with prometheus "${prometheus}": remove it, or set prometheus to "${needed.join('" or "')}"`,
      });
    }
  });

/** With which choice a key means something. */
const NEEDS: Readonly<
  Record<
    Exclude<keyof ObservabilitySettings, "prometheus">,
    readonly ObservabilitySettings["prometheus"][]
  >
> = {
  kiali: ["install"],
  namespace: ["install", "operator"],
  labels: ["operator"],
  prometheusCharts: ["install"],
  prometheusVersion: ["install"],
  prometheusValues: ["install"],
  kialiCharts: ["install"],
  kialiVersion: ["install"],
  kialiValues: ["install"],
};
