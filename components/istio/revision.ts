import type { ChartSource } from "../helm/chart-release";

/**
 * One of the control planes of a mesh. Several run side by side while Istio is upgraded, and each proxy gets its
 * configuration from the one that injected it.
 *
 * @see https://istio.io/latest/docs/setup/upgrade/canary/
 */
export interface IstioRevision {
  /** Its name (DNS label), such as `1-32-0`; `default` is the control plane that bears none. */
  readonly name: string;
  /** Where its charts come from, and its version. */
  readonly charts: ChartSource;
}

/** Name of the control plane that bears none. */
const UNNAMED = "default";

/** Key by which namespaces choose a control plane, and by which the injector says which one it was. */
export const REVISION_KEY = "istio.io/rev";

/** Name of the control plane's Helm release, as its chart names Deployment and Service. */
export function istiodName({ name }: IstioRevision): string {
  return name === UNNAMED ? "istiod" : `istiod-${name}`;
}

/** What the charts are told of the revision: nothing where it bears no name. */
export function revisionValues({ name }: IstioRevision): { readonly revision?: string } {
  return name === UNNAMED ? {} : { revision: name };
}

/** What the `base` chart is told of the revision that validates objects which choose none. */
export function defaultRevisionValues({ name }: IstioRevision): {
  readonly defaultRevision?: string;
} {
  return name === UNNAMED ? {} : { defaultRevision: name };
}

/** The charts of the newest version: its CRDs serve the older control planes too, not the other way round. */
export function newest(revisions: readonly [IstioRevision, ...IstioRevision[]]): ChartSource {
  return revisions.reduce((best, revision) =>
    compareVersions(revision.charts.version, best.charts.version) > 0 ? revision : best,
  ).charts;
}

/** Negative, zero or positive, by the numbers in versions such as `1.31.0`; a candidate comes before its release. */
function compareVersions(one: string, other: string): number {
  const [core = "", candidate] = parts(one);
  const [otherCore = "", otherCandidate] = parts(other);
  if (core !== otherCore) return core.localeCompare(otherCore, "en", { numeric: true });
  if (candidate === undefined || otherCandidate === undefined) {
    return Number(candidate === undefined) - Number(otherCandidate === undefined);
  }
  return candidate.localeCompare(otherCandidate, "en", { numeric: true });
}

/** A version's numbers, and what makes it a candidate: `1.32.0` and `rc.0` of `1.32.0-rc.0`. */
function parts(version: string): string[] {
  return version.split(/-(.*)/s, 2);
}
