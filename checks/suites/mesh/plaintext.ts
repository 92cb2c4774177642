import type { Check } from "../../check";
import { podOutsideMesh } from "../../toolkit/fixtures/outside-pods";
import { curl, describeCurl, isClosed } from "../../toolkit/pods/curl";

/** STRICT mutual TLS inside the mesh: the service's own sidecar refuses plaintext. */
export const plaintext: readonly Check[] = [
  {
    slug: "mesh/plaintext",
    title: "plaintext to the service from a pod outside the mesh",
    requirement: "strict-mtls",
    expected: "connection accepted and closed",
    why: "Inside the server's cluster, only workloads of the mesh reach the service.",
    threat:
      "Any pod of the cluster calls the service without authentication, or reads its traffic.",
    async run({ meshes: { server }, use }) {
      const { host, port, isInMesh } = server.service;
      if (!isInMesh) return { skipped: "the service is outside the mesh (services[].tls)" };
      // The address that curl reports proves that the pod found and reached the service.
      const result = await curl(await use(podOutsideMesh), [`http://${host}:${port}/`]);
      return { pass: isClosed(result), observed: describeCurl(result) };
    },
  },
];
