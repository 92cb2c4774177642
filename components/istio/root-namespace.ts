/** Istio's root namespace: the control plane runs here, and policies here apply to the whole mesh. */
export const ROOT_NAMESPACE = "istio-system";
