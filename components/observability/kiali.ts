import * as k8s from "@pulumi/kubernetes";
import * as pulumi from "@pulumi/pulumi";
import * as random from "@pulumi/random";

import { chartRelease } from "../helm/chart-release";
import { mergeValues } from "../helm/merge-values";
import { ROOT_NAMESPACE } from "../istio/root-namespace";
import { PROMETHEUS_RELEASE } from "./release-name";
import { type InstallSettings, MONITORING_CHARTS } from "./settings";

/** Name of the Secret with the key that signs Kiali's user sessions. */
const SIGNING_KEY = "kiali-signing-key";

/** Inputs of {@link kiali}. */
export interface KialiArgs {
  /** The chart, its version and its values. */
  readonly settings: InstallSettings;
  /** Namespace to install into. */
  readonly namespace: pulumi.Input<string>;
  /** The Prometheus release in the same namespace, from which Kiali gets its metrics. */
  readonly prometheus: pulumi.Resource;
}

/**
 * Kiali, which draws the mesh as a graph. It is read-only, and users log in with a token of the cluster.
 *
 * @see https://kiali.io/docs/installation/installation-guide/install-with-helm/
 */
export function kiali(
  name: string,
  args: KialiArgs,
  opts: pulumi.CustomResourceOptions,
): k8s.helm.v3.Release {
  const { settings, namespace } = args;
  const key = new random.RandomPassword(`${name}-signing-key`, { length: 32, special: false }, opts)
    .result;
  const signing = new k8s.core.v1.Secret(
    `${name}-signing`,
    { metadata: { name: SIGNING_KEY, namespace }, stringData: { key } },
    opts,
  );
  const values = {
    auth: { strategy: "token" },
    // Without it, the chart generates a new key on every update and stores it in a ConfigMap.
    login_token: { signing_key: `secret:${SIGNING_KEY}:key` },
    deployment: {
      view_only_mode: true,
      // The chart's own policy admits every pod in the cluster.
      network_policy: { enabled: false },
    },
    external_services: {
      istio: { root_namespace: ROOT_NAMESPACE },
      prometheus: {
        url: pulumi.interpolate`http://${PROMETHEUS_RELEASE}-prometheus.${namespace}:9090`,
      },
      grafana: { enabled: false },
      tracing: { enabled: false },
    },
  };
  return chartRelease(
    name,
    {
      chart: MONITORING_CHARTS.kiali,
      charts: { source: settings.kialiCharts, version: settings.kialiVersion },
      releaseName: "kiali",
      namespace,
      values: mergeValues(values, settings.kialiValues),
    },
    // Kiali's pod needs the Secret when it starts.
    pulumi.mergeOptions(opts, { dependsOn: [args.prometheus, signing] }),
  );
}
