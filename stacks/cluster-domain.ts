import type { IstioValues } from "../components/istio/istio-values";

/** The cluster's DNS domain, if it is not `cluster.local`. Istio has to know it, so its values have it already. */
export function clusterDomain({ istiod }: IstioValues): { readonly clusterDomain?: string } {
  const global = istiod?.["global"] as
    { readonly proxy?: { readonly clusterDomain?: unknown } | null } | undefined;
  const domain = global?.proxy?.clusterDomain;
  return typeof domain === "string" ? { clusterDomain: domain } : {};
}
