import type { z } from "zod";

import type { IstioRevision } from "../components/istio/revision";
import type { commonKeys } from "./schema";

/** The mesh's control planes, and which of them gives whom its proxy. */
export interface IstioRevisions {
  /** Those that run: the mesh's own, and the canary that may take its place. */
  readonly controlPlanes: readonly [IstioRevision, ...IstioRevision[]];
  /** The one that the gateways have, and pods of the application's namespace that start from now on. */
  readonly gateways: IstioRevision;
  /** The one for which the samples are restarted. */
  readonly workloads: IstioRevision;
}

type Raw = Pick<
  z.output<z.ZodObject<typeof commonKeys>>,
  "istioRevision" | "istioVersion" | "istioCharts" | "istioCanary"
>;

/** What the configuration says of control planes. */
export function istioRevisions(raw: Raw): IstioRevisions {
  const current = {
    name: raw.istioRevision,
    charts: { source: raw.istioCharts, version: raw.istioVersion },
  };
  if (!raw.istioCanary) {
    return { controlPlanes: [current], gateways: current, workloads: current };
  }
  const { revision, version, charts, serves } = raw.istioCanary;
  const canary = {
    name: revision,
    charts: { source: charts ?? raw.istioCharts, version },
  };
  return {
    controlPlanes: [current, canary],
    gateways: serves === "nothing" ? current : canary,
    workloads: serves === "everything" ? canary : current,
  };
}
