import * as k8s from "@pulumi/kubernetes";
import * as pulumi from "@pulumi/pulumi";
import * as random from "@pulumi/random";

import { chartRelease } from "../helm/chart-release";
import { ROOT_NAMESPACE } from "../istio/istio-install";
import { mergeValues } from "../helm/merge-values";
import { PROMETHEUS_STACK } from "./prometheus-stack";
import type { ObservabilitySettings } from "./settings";

/** Secret with the key that signs the sessions of Kiali's users. */
const SIGNING_KEY = "kiali-signing-key";

/**
 * Kiali, which draws the mesh as a graph. It looks and changes nothing; who wants in shows a token of the cluster.
 *
 * @param after - what answers Kiali's questions
 * @see https://kiali.io/docs/installation/installation-guide/install-with-helm/
 */
export function kiali(
  name: string,
  settings: ObservabilitySettings,
  namespace: pulumi.Input<string>,
  after: pulumi.Resource,
  parent: pulumi.Resource,
): k8s.helm.v3.Release {
  const key = new random.RandomPassword(
    `${name}-signing-key`,
    { length: 32, special: false },
    { parent },
  ).result;
  const signing = new k8s.core.v1.Secret(
    `${name}-signing`,
    { metadata: { name: SIGNING_KEY, namespace }, stringData: { key } },
    { parent },
  );
  const values = {
    auth: { strategy: "token" },
    // Else the chart makes one up, anew each time, and writes it into a ConfigMap.
    login_token: { signing_key: `secret:${SIGNING_KEY}:key` },
    deployment: {
      view_only_mode: true,
      // Its own policy would let every pod of the cluster in.
      network_policy: { enabled: false },
    },
    external_services: {
      istio: { root_namespace: ROOT_NAMESPACE },
      prometheus: {
        url: pulumi.interpolate`http://${PROMETHEUS_STACK}-prometheus.${namespace}:9090`,
      },
      grafana: { enabled: false },
      tracing: { enabled: false },
    },
  };
  return chartRelease(
    name,
    {
      chart: "kiali-server",
      charts: {
        source: settings.kialiCharts ?? "https://kiali.org/helm-charts",
        version: settings.kialiVersion ?? "2.27.0",
      },
      releaseName: "kiali",
      namespace,
      values: mergeValues(values, settings.kialiValues ?? {}),
    },
    // A pod waits for its Secrets.
    { parent, dependsOn: [after, signing] },
  );
}
