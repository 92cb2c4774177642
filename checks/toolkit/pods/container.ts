import type { Meshes } from "../../meshes";
import type { Kubectl } from "../kubectl";

/** The container of Istio's proxy in a pod. */
export const PROXY_CONTAINER = "istio-proxy";

/** A container in which a check runs commands. */
export interface ContainerRef {
  readonly kubectl: Kubectl;
  readonly namespace: string;
  /** `pod/NAME` or `deploy/NAME`. */
  readonly pod: string;
  readonly container: string;
}

/** The test pod of the client mesh. */
export function clientPod({ client }: Meshes): ContainerRef {
  return {
    kubectl: client.kubectl,
    namespace: client.namespace,
    pod: "deploy/client",
    container: "client",
  };
}
