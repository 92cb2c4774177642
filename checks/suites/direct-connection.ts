import { type Check, saw } from "../check";
import { object } from "../toolkit/kubectl";
import type { Cluster, Meshes } from "../meshes";
import { clientPod } from "../toolkit/pods/client-pod";
import { curl, type CurlPlace, describeCurl, isClosed } from "../toolkit/pods/curl";
import { proxyLogLine } from "../toolkit/pods/log";
import { podWithoutSidecar } from "../toolkit/pods/outsiders";

/** What istiod calls the cluster to which a sidecar sends connections that it has no way for. */
const NOWHERE = "BlackHoleCluster";

/** From the client's namespace to the server's address, past the egress gateway. */
export const directConnection: readonly Check[] = [
  {
    id: 25,
    name: "straight to the server, with a sidecar",
    expected: `closed by the sidecar: ${NOWHERE} in its log`,
    async run({ meshes }) {
      const { kubectl, namespace } = meshes.client;
      const result = await callDirectly(clientPod(meshes), meshes);
      if (result.kind === "answer" || !isClosed(result)) return saw(false, describeCurl(result));
      const address = `${result.connectedTo ?? ""}:${meshes.ingress.port}`;
      const line = await proxyLogLine(
        { kubectl, namespace, selector: "app=client" },
        (candidate) => candidate.includes(NOWHERE) && candidate.includes(address),
      );
      return line === undefined
        ? saw(false, `closed, but ${NOWHERE} with ${address} is not in the sidecar's log`)
        : saw(true, `closed by the sidecar: ${NOWHERE} in its log`);
    },
  },
  {
    id: 25,
    name: "straight to the server, without a sidecar",
    expected: (meshes) =>
      meshes.enforcesNetworkPolicy
        ? "dropped by the NetworkPolicy, which lets the pod reach its own cluster"
        : `refused by the server: alert "${alertFor(meshes)}"`,
    async run({ meshes, use }) {
      const pod = await use(podWithoutSidecar);
      const result = await callDirectly(pod, meshes);
      if (!meshes.enforcesNetworkPolicy) {
        const refused = result.kind === "failed" && result.alert === alertFor(meshes);
        return saw(refused, describeCurl(result));
      }
      // A policy drops in silence. That the pod reaches istiod tells silence from a pod without network.
      const istiod = await istiodService(meshes.client);
      const control = await curl(pod, [`http://${istiod}.istio-system.svc:15014/version`]);
      if (control.kind !== "answer") {
        return saw(false, `the pod reaches nothing at all: ${describeCurl(control)}`);
      }
      const dropped =
        result.kind === "failed" && result.exit === 28 && result.connectedTo === undefined;
      return saw(dropped, `${describeCurl(result)}; ${control.status} from istiod`);
    },
  },
];

/** Name of a control plane's Service, which bears its revision. */
async function istiodService({ kubectl, name }: Cluster): Promise<string> {
  const services = ["services", "--namespace", "istio-system", "--selector", "app=istiod"];
  const { items } = await object<{ items: readonly { metadata: { name: string } }[] }>(
    kubectl,
    services,
  );
  const [service] = items;
  if (service === undefined) throw new Error(`the ${name} cluster has no Service of istiod`);
  return service.metadata.name;
}

/** What a server says of a TLS 1.2 client that has no certificate, or of any where it takes nothing below 1.3. */
function alertFor({ minTlsVersion }: Meshes): string {
  return minTlsVersion === "1.2" ? "handshake failure" : "protocol version";
}

/**
 * TLS to the ingress gateway's address, no certificate shown, the server's not looked at. TLS 1.2, in which a refusal
 * ends the handshake; in 1.3 it races against the request.
 */
function callDirectly(place: CurlPlace, { hosts: [host], ingress: { address, port } }: Meshes) {
  return curl(place, [
    ...["-k", "--connect-timeout", "5", "--tls-max", "1.2"],
    ...["--connect-to", `${host}:${port}:${address}:${port}`],
    `https://${host}:${port}/headers`,
  ]);
}
