import { expandHome } from "../validation/home";
import type { CommonValues } from "./keys";

/** An existing cluster. */
export interface KubeconfigSource {
  readonly from: "kubeconfig";
  /** Contents or path. The contents hold credentials. */
  readonly kubeconfig: string;
  readonly context?: string;
}

/** A cluster that the program creates. */
export interface GkeSource {
  readonly from: "gke";
  readonly settings: NonNullable<CommonValues["gke"]>;
}

/** The keys that say where the cluster comes from. */
export type ClusterValues = Pick<CommonValues, "cluster" | "gke" | "kubeconfig" | "kubeContext">;

/** Where the cluster comes from, once the keys are checked. */
export function clusterSource(values: ClusterValues): KubeconfigSource | GkeSource {
  const { cluster, gke, kubeconfig, kubeContext } = values;
  if (cluster === "gke") return { from: "gke", settings: requireSet(gke, "gke") };
  return {
    from: "kubeconfig",
    kubeconfig: expandHome(requireSet(kubeconfig, "kubeconfig")),
    ...(kubeContext !== undefined && { context: kubeContext }),
  };
}

/** @throws Error when the value is unset, which the checks report first */
function requireSet<Value>(value: Value | undefined, key: string): Value {
  if (value === undefined) throw new Error(`${key} is not set`);
  return value;
}
