import { setTimeout as delay } from "node:timers/promises";

import type { Fixture } from "../../check";
import { type Kubectl, output } from "../kubectl";
import type { Meshes } from "../../meshes";
import type { Credential } from "../pki/credential";
import type { CurlPlace } from "./curl";
import { createPod, deletePod } from "./pod";

/** Where the sidecar writes the certificate that it got from istiod, on request. */
const CERTIFICATES = "/etc/checks-certificates";
const VOLUME = "checks-certificates";

/** A pod in the application's namespace of the client mesh: with sidecar, with the default service account. */
export const clientWorkload = workload("client", ({ client }) => client);
/** The same in the server mesh, beside the service. */
export const serverWorkload = workload("server", ({ server }) => ({
  kubectl: server.kubectl,
  namespace: server.service.namespace,
}));

function workload(
  mesh: string,
  where: (meshes: Meshes) => { readonly kubectl: Kubectl; readonly namespace: string },
): Fixture<CurlPlace> {
  return {
    name: `a workload of the ${mesh} mesh`,
    create: ({ meshes }) =>
      createPod({
        kubectl: where(meshes).kubectl,
        namespace: where(meshes).namespace,
        role: "workload",
        volumes: [VOLUME],
        annotations: {
          "proxy.istio.io/config": JSON.stringify({
            proxyMetadata: { OUTPUT_CERTS: CERTIFICATES },
          }),
          "sidecar.istio.io/userVolumeMount": JSON.stringify({
            [VOLUME]: { mountPath: CERTIFICATES },
          }),
        },
      }),
    remove: deletePod,
  };
}

const DEADLINE_MS = 20_000;

/** The certificate that a mesh gave to a workload, with its key; read into memory alone. */
export async function workloadCertificate({
  kubectl,
  namespace,
  pod,
}: CurlPlace): Promise<Credential> {
  const read = (file: string) =>
    output(kubectl, [
      ...["exec", "-n", namespace, pod, "-c", "istio-proxy", "--"],
      ...["cat", `${CERTIFICATES}/${file}`],
    ]);
  const end = Date.now() + DEADLINE_MS;
  for (;;) {
    try {
      return { chainPem: await read("cert-chain.pem"), privateKeyPem: await read("key.pem") };
    } catch (error) {
      // The files are there soon after the sidecar says that it is ready, not before.
      if (Date.now() > end) throw error;
      await delay(250);
    }
  }
}
