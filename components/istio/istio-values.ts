import type { Values } from "../helm/merge-values";

/** Values by chart. */
export interface IstioValues {
  /** Of `base`, the CRDs. */
  readonly base?: Values;
  /** Of `istiod`, the control plane. */
  readonly istiod?: Values;
  /** Of `gateway`, each gateway. */
  readonly gateway?: Values;
}
