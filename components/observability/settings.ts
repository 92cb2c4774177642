import { z } from "zod";

import { chartSource } from "../../validation/chart-source";
import { chartVersion, flag, helmValues, objectName, oneOf } from "../../validation/fields";
import { wrongType } from "../../validation/messages";
import { got } from "../../validation/show";
import { PROMETHEUS_RELEASE } from "./release-name";

/** Names of the charts of the monitoring tools. */
export const MONITORING_CHARTS = { prometheus: "kube-prometheus-stack", kiali: "kiali-server" };

/** The default namespace of the monitoring tools. */
export const MONITORING_NAMESPACE = "monitoring";

/** All settings: what collects metrics, raises alerts and shows dashboards. */
export const observabilityRows = z.strictObject({
  /**
   * What collects metrics and raises alerts.
   *
   * - `install`: the program installs Prometheus with its operator, Alertmanager, Grafana and Kiali.
   * - `operator`: the cluster already has a Prometheus operator. The program adds scrapes, alerts and the dashboard.
   * - `managed`: the cluster has Google Cloud Managed Service for Prometheus. The program adds scrapes and alerts.
   *
   * @see https://prometheus-operator.dev/docs/getting-started/introduction/
   * @see https://cloud.google.com/stackdriver/docs/managed-prometheus/setup-managed
   */
  prometheus: oneOf("install", "operator", "managed"),
  /**
   * With `install`: whether to install Kiali, which draws the mesh as a graph.
   *
   * @default true
   * @see https://kiali.io/docs/
   */
  kiali: flag.default(true),
  /**
   * With `install`: the namespace that the program creates. With `operator`: an existing namespace, in which the
   * operator looks for scrapes and alerts, and Grafana for dashboards.
   *
   * @default "monitoring"
   */
  namespace: objectName.default(MONITORING_NAMESPACE),
  /**
   * With `operator`: the labels by which the operator selects scrapes and alerts.
   *
   * @default {"release":"kube-prometheus-stack"}
   */
  labels: z.record(z.string(), z.string()).default({ release: PROMETHEUS_RELEASE }),
  /**
   * With `install`: where the chart `kube-prometheus-stack` comes from: a repository (`https://…`), an OCI registry
   * (`oci://…`), or a folder that has one folder for each chart.
   *
   * @default "https://prometheus-community.github.io/helm-charts"
   */
  prometheusCharts: chartSource.default("https://prometheus-community.github.io/helm-charts"),
  /**
   * With `install`: version of the chart `kube-prometheus-stack`.
   *
   * @default "88.5.3"
   */
  prometheusVersion: chartVersion.default("88.5.3"),
  /**
   * With `install`: Helm values for `kube-prometheus-stack`, merged over the program's own. The state shows them, so
   * they must not contain passwords.
   *
   * @default {}
   */
  prometheusValues: helmValues.default({}),
  /**
   * With `install`: where the chart `kiali-server` comes from. Same format as `prometheusCharts`.
   *
   * @default "https://kiali.org/helm-charts"
   */
  kialiCharts: chartSource.default("https://kiali.org/helm-charts"),
  /**
   * With `install`: version of the chart `kiali-server`. It must support the Istio version in use.
   *
   * @default "2.27.0"
   * @see https://kiali.io/docs/installation/installation-guide/prerequisites/#version-compatibility
   */
  kialiVersion: chartVersion.default("2.27.0"),
  /**
   * With `install`: Helm values for `kiali-server`, merged over the program's own. The state shows them.
   *
   * @default {}
   */
  kialiValues: helmValues.default({}),
});

// Which settings go with which choice. A new row goes with "install" only, unless it is named below.
const install = observabilityRows
  .omit({ labels: true })
  .extend({ prometheus: z.literal("install") });
const operator = observabilityRows
  .pick({ namespace: true, labels: true })
  .extend({ prometheus: z.literal("operator") });
const managed = observabilityRows.pick({}).extend({ prometheus: z.literal("managed") });

type Choice = typeof install | typeof operator | typeof managed;
const choices: readonly Choice[] = [install, operator, managed];

/**
 * The settings, as a union by `prometheus`. A choice has only its own keys and their defaults. So a key of another
 * choice is an error exactly when the user set it, and the result is valid input again.
 */
export const observabilitySettings = z.discriminatedUnion(
  "prometheus",
  [refuseOtherKeys(install), refuseOtherKeys(operator), refuseOtherKeys(managed)],
  { error: ({ input }) => explainMismatch(input) },
);

/** The settings as people write them. */
export type ObservabilityInput = z.input<typeof observabilitySettings>;

/** The settings with the defaults filled in. */
export type ObservabilitySettings = z.output<typeof observabilitySettings>;

/** The settings for `install`. */
export type InstallSettings = z.output<typeof install>;

/** Refuses the keys of the other choices, and says which choice they need. */
function refuseOtherKeys<One extends Choice>(choice: One): One {
  const { prometheus, ...own } = choice.shape;
  const refused = Object.keys(observabilityRows.omit({ prometheus: true }).shape)
    .filter((key) => !(key in own))
    .map((key) => {
      const needed = choices.filter(({ shape }) => key in shape).map(nameOf);
      const error = ({ input }: { readonly input?: unknown }) =>
        `has no effect with prometheus "${prometheus.value}" ${got(input)}: ` +
        `remove it, or set prometheus to ${needed.join(" or ")}`;
      return [key, z.never({ error }).optional()] as const;
    });
  // The refused keys stay out of the type, so TypeScript reports them too.
  return choice.extend(Object.fromEntries(refused)) as unknown as One;
}

function nameOf({ shape }: Choice): string {
  return `"${shape.prometheus.value}"`;
}

/** Why no choice matches: the row `prometheus` names the wrong value, unlike Zod's own message for a union. */
function explainMismatch(settings: unknown): string | undefined {
  const parsed = observabilityRows
    .pick({ prometheus: true })
    .strip()
    .safeParse(settings, { error: wrongType });
  return parsed.error?.issues[0]?.message;
}
