import { type Check, saw } from "../check";
import { curl, describeCurl, isClosed } from "../toolkit/pods/curl";
import { podOutsideMesh } from "../toolkit/pods/outsiders";

/** STRICT: who brings no certificate of the mesh is turned away by the service's own sidecar. */
export const plaintextInMesh: readonly Check[] = [
  {
    id: 23,
    name: "plaintext to the service, from outside the mesh",
    expected: "connection taken and closed",
    async run({ meshes: { server }, use }) {
      const { host, port } = server.service;
      // curl names the address that took the connection: the service was found and reached.
      const result = await curl(await use(podOutsideMesh), [`http://${host}:${port}/`]);
      return saw(isClosed(result), describeCurl(result));
    },
  },
];
