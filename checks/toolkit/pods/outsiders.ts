import type { Fixture } from "../../check";
import { output } from "../kubectl";
import type { CurlPlace } from "./curl";
import { createPod, deletePod, temporaryName } from "./pod";

/** A pod of the server's cluster that is no part of the mesh, in a namespace of its own. */
export const podOutsideMesh: Fixture<CurlPlace> = {
  name: "a pod outside the server mesh",
  async create({ meshes }) {
    const { kubectl } = meshes.server;
    const namespace = temporaryName("outside");
    await output(kubectl, ["create", "namespace", namespace]);
    try {
      return await createPod({ kubectl, namespace, role: "outside" });
    } catch (error) {
      await deleteNamespace(kubectl, namespace);
      throw error;
    }
  },
  remove: ({ kubectl, namespace }) => deleteNamespace(kubectl, namespace),
};

/** A pod in the application's namespace of the client mesh that has no sidecar: its owner said so. */
export const podWithoutSidecar: Fixture<CurlPlace> = {
  name: "a pod without sidecar",
  create: ({ meshes: { client } }) =>
    createPod({
      kubectl: client.kubectl,
      namespace: client.namespace,
      role: "no-sidecar",
      labels: { "sidecar.istio.io/inject": "false" },
    }),
  remove: deletePod,
};

async function deleteNamespace(kubectl: CurlPlace["kubectl"], namespace: string): Promise<void> {
  await output(kubectl, ["delete", "namespace", namespace, "--ignore-not-found", "--wait=false"]);
}
