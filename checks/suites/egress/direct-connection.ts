import { ROOT_NAMESPACE } from "../../../components/istio/root-namespace";
import type { Check } from "../../check";
import type { Cluster, Meshes } from "../../meshes";
import { podWithoutSidecar } from "../../toolkit/fixtures/outside-pods";
import { getObject } from "../../toolkit/kubectl";
import { waitForLogLine } from "../../toolkit/pods/access-log";
import { clientPod, type ContainerRef } from "../../toolkit/pods/container";
import { curl, describeCurl, isClosed } from "../../toolkit/pods/curl";

/** istiod's name for the cluster that takes connections for which a sidecar has no route. */
const BLACK_HOLE = "BlackHoleCluster";

const DIRECT = {
  requirement: "no-direct-connection",
  why: "The application's pods reach the server only through the egress gateway.",
} as const;

/** Connections from the client's namespace directly to the server's address. */
export const directConnection: readonly Check[] = [
  {
    ...DIRECT,
    slug: "egress/direct-with-sidecar",
    title: "directly to the server, with a sidecar",
    expected: `closed by the sidecar: ${BLACK_HOLE} in its log`,
    threat: "An application calls the server's address without the gateway's policy and log.",
    async run({ meshes }) {
      const { kubectl, namespace } = meshes.client;
      const result = await connectDirectly(clientPod(meshes), meshes);
      if (result.kind === "answer" || !isClosed(result)) {
        return { pass: false, observed: describeCurl(result) };
      }
      const address = `${result.connectedTo ?? ""}:${meshes.ingress.port}`;
      const line = await waitForLogLine(
        { kubectl, namespace, selector: "app=client" },
        (candidate) => candidate.includes(BLACK_HOLE) && candidate.includes(address),
      );
      return line === undefined
        ? {
            pass: false,
            observed: `closed, but the sidecar's log has no ${BLACK_HOLE} for ${address}`,
          }
        : { pass: true, observed: `closed by the sidecar: ${BLACK_HOLE} in its log` };
    },
  },
  {
    ...DIRECT,
    slug: "egress/direct-without-sidecar",
    title: "directly to the server, without a sidecar",
    expected:
      "dropped by the NetworkPolicy; without enforcement, the server's TLS alert for a missing certificate",
    expectedFor: (meshes) =>
      meshes.enforcesNetworkPolicy
        ? "dropped by the NetworkPolicy, while istiod answers"
        : `refused by the server: alert "${alertOf(meshes)}"`,
    threat: "A pod whose owner disables the sidecar calls the server's address.",
    async run({ meshes, use }) {
      const pod = await use(podWithoutSidecar);
      const result = await connectDirectly(pod, meshes);
      if (!meshes.enforcesNetworkPolicy) {
        return {
          pass: result.kind === "failed" && result.alert === alertOf(meshes),
          observed: describeCurl(result),
        };
      }
      // A policy drops packets without an answer. A request to istiod proves that the pod has network access at all.
      const istiod = await findIstiodService(meshes.client);
      const control = await curl(pod, [`http://${istiod}.${ROOT_NAMESPACE}.svc:15014/version`]);
      if (control.kind !== "answer") {
        return {
          pass: false,
          observed: `the pod has no network access: istiod: ${describeCurl(control)}`,
        };
      }
      const isDropped =
        result.kind === "failed" && result.exitCode === 28 && result.connectedTo === undefined;
      return {
        pass: isDropped,
        observed: `${describeCurl(result)}; ${control.status} from istiod`,
      };
    },
  },
];

/** Finds the Service of a control plane, whose name contains its revision. */
async function findIstiodService({ kubectl, name }: Cluster): Promise<string> {
  const { items } = await getObject<{ items: readonly { metadata: { name: string } }[] }>(kubectl, [
    ...["services", "--namespace", ROOT_NAMESPACE, "--selector", "app=istiod"],
  ]);
  const [service] = items;
  if (service === undefined) {
    throw new Error(
      `the ${name} cluster has no Service with the label app=istiod in ${ROOT_NAMESPACE}`,
    );
  }
  return service.metadata.name;
}

/** The server's alert for a TLS 1.2 client without a certificate. */
function alertOf({ minTlsVersion }: Meshes): string {
  return minTlsVersion === "1.2" ? "handshake failure" : "protocol version";
}

/**
 * TLS to the ingress gateway's address, without a client certificate and without verifying the server's. Uses TLS 1.2, in
 * which a refusal ends the handshake. In TLS 1.3 the refusal races with the request.
 */
function connectDirectly(
  container: ContainerRef,
  { hosts: [host], ingress: { address, port } }: Meshes,
) {
  return curl(container, [
    ...["-k", "--connect-timeout", "5", "--tls-max", "1.2"],
    ...["--connect-to", `${host}:${port}:${address}:${port}`],
    `https://${host}:${port}/headers`,
  ]);
}
