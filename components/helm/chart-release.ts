import * as k8s from "@pulumi/kubernetes";
import type * as pulumi from "@pulumi/pulumi";

import { expandHome } from "../../validation/home";
import type { Values } from "./merge-values";

/** Where charts come from, and their version. */
export interface ChartSource {
  /** A chart repository (`https://…`), an OCI registry (`oci://…`), or a folder that has one folder for each chart. */
  readonly source: string;
  /** Version of the charts. A folder has only one version, so it is ignored there. */
  readonly version: string;
}

/** Inputs of {@link chartRelease}. */
export interface ChartReleaseArgs {
  /** Name of the chart in its source. */
  readonly chart: string;
  /** Where the chart comes from, and its version. */
  readonly charts: ChartSource;
  /** Name of the Helm release. It is never generated, because charts name their objects after it. */
  readonly releaseName: string;
  /** Namespace of the release. */
  readonly namespace: pulumi.Input<string>;
  /** Helm values. */
  readonly values: Values;
}

/** How long Helm waits, in seconds. A GKE node pool that has to grow takes minutes. */
const TIMEOUT_SECONDS = 600;

/**
 * Installs a chart as a Helm release, and waits until its objects are ready.
 *
 * @see https://www.pulumi.com/registry/packages/kubernetes/api-docs/helm/v3/release/
 */
export function chartRelease(
  name: string,
  args: ChartReleaseArgs,
  opts: pulumi.CustomResourceOptions,
): k8s.helm.v3.Release {
  return new k8s.helm.v3.Release(
    name,
    {
      ...chartLocation(args.chart, args.charts),
      name: args.releaseName,
      namespace: args.namespace,
      values: args.values,
      // Without it, an update to empty values keeps the previous values.
      resetValues: true,
      timeout: TIMEOUT_SECONDS,
    },
    opts,
  );
}

/** The arguments of a Release that say where its chart is. */
export function chartLocation(chart: string, { source, version }: ChartSource) {
  if (/^https?:\/\//.test(source)) return { chart, version, repositoryOpts: { repo: source } };
  const location = `${expandHome(source).replace(/\/+$/, "")}/${chart}`;
  return source.startsWith("oci://") ? { chart: location, version } : { chart: location };
}
