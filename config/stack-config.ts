import { clusterSource } from "./cluster-source";
import type { ClientValues, CommonValues, ServerValues } from "./keys";
import { istioRevisions } from "./revisions";

/** Configuration of the server stack: its keys, with some of them combined. */
export type ServerConfig = Readonly<ReturnType<typeof serverConfig>>;

/** Configuration of the client stack: its keys, with some of them combined. */
export type ClientConfig = Readonly<ReturnType<typeof clientConfig>>;

/** How clients reach the ingress gateway. */
type Exposure =
  | {
      readonly type: "LoadBalancer";
      /** Whether it has a private address. */
      readonly internal: boolean;
      readonly sourceRanges: readonly string[];
      readonly annotations: Readonly<Record<string, string>>;
      readonly reservedAddress?: string;
      readonly loadBalancerClass?: string;
    }
  | { readonly type: "NodePort"; readonly nodeAddress: string; readonly nodePort: number };

/** Combines the keys of the server. */
export function serverConfig(values: ServerValues) {
  const { ingressType, ingressNodeAddress, ingressNodePort, ...others } = values;
  const { ingressSourceRanges, ingressAddress, ingressClass, ingressAnnotations, ...rest } = others;
  const exposure: Exposure =
    // With NodePort, the checks require an address.
    ingressType === "NodePort" && ingressNodeAddress !== undefined
      ? { type: "NodePort", nodeAddress: ingressNodeAddress, nodePort: ingressNodePort }
      : {
          type: "LoadBalancer",
          internal: ingressType === "Internal",
          sourceRanges: ingressSourceRanges,
          annotations: ingressAnnotations,
          ...(ingressAddress !== undefined && { reservedAddress: ingressAddress }),
          ...(ingressClass !== undefined && { loadBalancerClass: ingressClass }),
        };
  return {
    ...meshConfig(rest),
    role: "server" as const,
    protectRoot:
      values.protectRoot === "onGke" ? values.cluster === "gke" : values.protectRoot === "always",
    exposure,
  };
}

/** Combines the keys of the client. */
export function clientConfig(values: ClientValues) {
  return { ...meshConfig(values), role: "client" as const };
}

/** Combines the keys of both stacks, and leaves all others as they are. */
function meshConfig<Values extends CommonValues>(values: Values) {
  const { cluster, gke, kubeconfig, kubeContext, ...others } = values;
  const { istioVersion, istioRevision, istioCharts, istioCanary, ...rest } = others;
  const { existingIstio } = rest;
  return {
    ...rest,
    cluster: clusterSource({ cluster, gke, kubeconfig, kubeContext }),
    revisions: istioRevisions({
      istioVersion,
      istioRevision,
      istioCharts,
      istioCanary,
      existingIstio,
    }),
  };
}
