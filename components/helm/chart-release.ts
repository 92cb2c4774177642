import * as k8s from "@pulumi/kubernetes";
import type * as pulumi from "@pulumi/pulumi";

import type { Values } from "./merge-values";

/** Values by chart. */
export interface IstioValues {
  /** Of `base`, the CRDs. */
  readonly base?: Values;
  /** Of `istiod`, the control plane. */
  readonly istiod?: Values;
  /** Of `gateway`, each gateway. */
  readonly gateway?: Values;
}

/** Where the charts come from. */
export interface IstioCharts {
  /** A chart repository (`https://…`), an OCI registry (`oci://…`), or a folder with one folder per chart. */
  readonly source: string;
  /** Chart version; a folder holds the one version that it holds. */
  readonly version: string;
}

/** Inputs of {@link chartRelease}. */
export interface ChartReleaseArgs {
  /** Name of the chart at its place. */
  readonly chart: string;
  readonly charts: IstioCharts;
  /** Name of the Helm release. Set, never generated: the chart names its objects after it. */
  readonly releaseName: string;
  readonly namespace: pulumi.Input<string>;
  readonly values: Values;
}

/**
 * Installs a chart, of Istio's or of what watches it, as a Helm release, and waits until what it made is ready.
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
      ...chartPlace(args.chart, args.charts),
      name: args.releaseName,
      namespace: args.namespace,
      values: args.values,
      timeout: 600, // seconds; a cold GKE node pool scales up within it
    },
    opts,
  );
}

/** The arguments of a Release that say where its chart is. */
export function chartPlace(chart: string, { source, version }: IstioCharts) {
  if (/^https?:\/\//.test(source)) return { chart, version, repositoryOpts: { repo: source } };
  const place = `${source.replace(/\/+$/, "")}/${chart}`;
  return source.startsWith("oci://") ? { chart: place, version } : { chart: place };
}
