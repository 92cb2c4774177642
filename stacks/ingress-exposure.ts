import type { IngressExposure } from "../components/mtls/server/exposure";
import type { ServerConfig } from "../config";
import type { MeshCluster } from "./mesh";

/** @see https://cloud.google.com/kubernetes-engine/docs/concepts/service-load-balancer#rbs-lb-service */
const BACKEND_SERVICE_BASED = { "cloud.google.com/l4-rbs": "enabled" };

/**
 * A private address in the cluster's subnet, which connected networks reach from every region.
 *
 * @see https://cloud.google.com/kubernetes-engine/docs/how-to/internal-load-balancing
 */
const INTERNAL = {
  "networking.gke.io/load-balancer-type": "Internal",
  "networking.gke.io/internal-load-balancer-allow-global-access": "true",
};

/** How clients reach the ingress. On GKE, the load balancer is backend service-based or internal. */
export function ingressExposure(
  { exposure, cluster }: ServerConfig,
  { reservedIngressAddress }: MeshCluster,
): IngressExposure {
  if (exposure.type === "NodePort") return exposure;
  const { internal, annotations, ...rest } = exposure;
  const forGke = internal ? INTERNAL : BACKEND_SERVICE_BASED;
  return {
    ...rest,
    ...(reservedIngressAddress && { reservedAddress: reservedIngressAddress }),
    annotations: { ...(cluster.from === "gke" && forGke), ...annotations },
  };
}

/** Whether the stack reserves an address for the ingress: not a private one, and none if the user has reserved one. */
export function reservesAddress({ exposure }: Pick<ServerConfig, "exposure">): boolean {
  if (exposure.type === "NodePort") return false;
  return !exposure.internal && exposure.reservedAddress === undefined;
}
