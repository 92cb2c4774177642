import type { IstioRevision } from "../components/istio/revision";
import type { CommonValues } from "./keys";

/** The mesh's control planes, and which one configures which proxies. With an existing Istio, it is the only one. */
export interface IstioRevisions {
  /** The control planes that run: the first one, and the canary that may replace it. */
  readonly controlPlanes: readonly [IstioRevision, ...IstioRevision[]];
  /** The one for the gateways, and for pods that start in the application's namespace from now on. */
  readonly gateways: IstioRevision;
  /** The one for the sample workloads, which restart when it changes. */
  readonly workloads: IstioRevision;
}

/** The keys that say which control planes run. */
export type RevisionValues = Pick<
  CommonValues,
  "istioRevision" | "istioVersion" | "istioCharts" | "istioCanary" | "existingIstio"
>;

/** The control planes that the keys ask for. */
export function istioRevisions(values: RevisionValues): IstioRevisions {
  const current = {
    name: values.existingIstio?.revision ?? values.istioRevision,
    charts: { source: values.istioCharts, version: values.istioVersion },
  };
  if (!values.istioCanary) {
    return { controlPlanes: [current], gateways: current, workloads: current };
  }
  const { revision, version, charts, serves } = values.istioCanary;
  const canary = { name: revision, charts: { source: charts ?? values.istioCharts, version } };
  return {
    controlPlanes: [current, canary],
    gateways: serves === "nothing" ? current : canary,
    workloads: serves === "everything" ? canary : current,
  };
}
