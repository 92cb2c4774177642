import type { Meshes } from "../../meshes";
import type { CurlPlace } from "./curl";

/** The test pod of the client mesh. */
export function clientPod({ client }: Meshes): CurlPlace {
  return {
    kubectl: client.kubectl,
    namespace: client.namespace,
    pod: "deploy/client",
    container: "client",
  };
}
