import { type Check, saw } from "../check";
import { clientPod } from "../toolkit/pods/client-pod";
import { curl, describeCurl } from "../toolkit/pods/curl";

/** REGISTRY_ONLY: the sidecar has no route to what the mesh does not know, even at an address that it does. */
export const unknownHost: readonly Check[] = [
  {
    id: 24,
    name: "an unknown host from the client pod",
    expected: "502",
    async run({ meshes }) {
      const result = await curl(clientPod(meshes), [
        ...["-H", "Host: unknown.invalid"],
        `http://${meshes.ingress.address}/`,
      ]);
      return saw(result.kind === "answer" && result.status === 502, describeCurl(result));
    },
  },
];
