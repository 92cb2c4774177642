import { z } from "zod";

import { chartSource } from "../../validation/chart-source";
import { chartVersion, releaseName, string } from "../../validation/fields";
import type { ChartSource } from "../helm/chart-release";

/**
 * A control plane of a mesh. While Istio is upgraded, two run side by side, and each proxy gets its configuration from
 * the one that injected it.
 *
 * @see https://istio.io/latest/docs/setup/upgrade/canary/
 */
export interface IstioRevision {
  /** Name of the revision (DNS label), such as `1-32-0`. `default` means the unnamed revision. */
  readonly name: string;
  /** Where its charts come from, and their version. */
  readonly charts: ChartSource;
}

/** Istio's word for the unnamed revision. */
const UNNAMED = "default";

/** Label by which a namespace selects a control plane. The injector writes it as an annotation too. */
export const REVISION_KEY = "istio.io/rev";

/** Helm allows 53 characters for the release `istiod-NAME`. */
const MAX_NAME_LENGTH = 53 - "istiod-".length;

/** Name of a revision. */
export const revisionName = string(
  (value) => value.length <= MAX_NAME_LENGTH && releaseName.safeParse(value).success,
  "a revision's name",
  `use at most ${MAX_NAME_LENGTH} lowercase letters, digits and hyphens, such as 1-32-0`,
);

/** Checks an {@link IstioRevision}. */
export const istioRevision = z.looseObject({
  name: revisionName,
  charts: z.looseObject({ source: chartSource, version: chartVersion }),
});

/** Name of the control plane's Helm release. Its chart names the Deployment and the Service so. */
export function istiodName({ name }: IstioRevision): string {
  return name === UNNAMED ? "istiod" : `istiod-${name}`;
}

/** Name of the ConfigMap with the mesh configuration of a revision. */
export function istioConfigMap(revision: string): string {
  return revision === UNNAMED ? "istio" : `istio-${revision}`;
}

/** Helm values that tell a chart its revision. */
export function revisionValues({ name }: IstioRevision): { readonly revision?: string } {
  return name === UNNAMED ? {} : { revision: name };
}

/** Helm values that tell the `base` chart which revision validates objects without a revision label. */
export function defaultRevisionValues({ name }: IstioRevision): {
  readonly defaultRevision?: string;
} {
  return name === UNNAMED ? {} : { defaultRevision: name };
}

/** The charts of the newest version. Its CRDs also serve older control planes. An older version's CRDs may be too old. */
export function newestCharts(revisions: readonly [IstioRevision, ...IstioRevision[]]): ChartSource {
  return revisions.reduce((newest, revision) =>
    compareVersions(revision.charts.version, newest.charts.version) > 0 ? revision : newest,
  ).charts;
}

/** Compares versions such as `1.31.0` by their numbers. A release candidate comes before its release. */
function compareVersions(one: string, other: string): number {
  const [core = "", candidate] = parts(one);
  const [otherCore = "", otherCandidate] = parts(other);
  if (core !== otherCore) return core.localeCompare(otherCore, "en", { numeric: true });
  if (candidate === undefined || otherCandidate === undefined) {
    return Number(candidate === undefined) - Number(otherCandidate === undefined);
  }
  return candidate.localeCompare(otherCandidate, "en", { numeric: true });
}

/** The numbers and the candidate of a version: `1.32.0` and `rc.0` of `1.32.0-rc.0`. */
function parts(version: string): string[] {
  return version.split(/-(.*)/s, 2);
}
