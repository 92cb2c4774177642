import type { Check } from "../../check";
import { clientPod } from "../../toolkit/pods/container";
import { curl, describeCurl } from "../../toolkit/pods/curl";

/** REGISTRY_ONLY: the sidecar has no route to hosts that the mesh does not know. */
export const unknownHost: readonly Check[] = [
  {
    slug: "egress/unknown-host",
    title: "an unknown host from the client pod",
    requirement: "registry-only",
    expected: "502",
    why: "Applications reach only hosts that are registered in the mesh.",
    threat: "Malware in an application's pod sends data to a host of its choice.",
    async run({ meshes }) {
      // A known address proves that the route is missing, not only the DNS name.
      const result = await curl(clientPod(meshes), [
        ...["-H", "Host: unknown.invalid"],
        `http://${meshes.ingress.address}/`,
      ]);
      return {
        pass: result.kind === "answer" && result.status === 502,
        observed: describeCurl(result),
      };
    },
  },
];
