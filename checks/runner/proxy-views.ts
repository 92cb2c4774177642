import type { GatewayWorkload, Mesh, Meshes } from "../meshes";
import { getObject, requireOutput } from "../toolkit/kubectl";
import type { x509 } from "../toolkit/pki/x509";
import { waitForLogLine } from "../toolkit/pods/access-log";
import { readProxyCertificates } from "../toolkit/pods/proxy-certificates";

/** How a proxy saw a request. */
export interface ProxyView {
  /** Its line in the access log; empty if it has none. */
  readonly line: string;
  /** Its workload certificate. */
  readonly certificate?: x509.X509Certificate;
}

type Pods = Pick<GatewayWorkload, "namespace" | "selector">;

/** How the four proxies on the path saw the request with a mark. A service without a sidecar has an empty view. */
export async function viewProxies(
  meshes: Meshes,
  mark: string,
): Promise<Readonly<Record<"sidecar" | "egress" | "ingress" | "service", ProxyView>>> {
  const { client, server } = meshes;
  const [sidecar, egress, ingress, service] = await Promise.all([
    selectTestPod(meshes).then((pods) => view(client, pods, mark)),
    view(client, client.egressGateway, mark),
    view(server, server.ingressGateway, mark),
    server.service.isInMesh
      ? selectService(meshes).then((pods) => view(server, pods, mark))
      : { line: "" },
  ]);
  return { sidecar, egress, ingress, service };
}

async function view(
  { kubectl }: Mesh,
  { namespace, selector }: Pods,
  mark: string,
): Promise<ProxyView> {
  const [line, pod] = await Promise.all([
    waitForLogLine({ kubectl, namespace, selector }, (each) => each.includes(mark)),
    requireOutput(kubectl, [
      ...["get", "pods", "-n", namespace, "-l", selector],
      ...["--field-selector", "status.phase=Running", "-o", "jsonpath={.items[0].metadata.name}"],
    ]),
  ]);
  const { chain } = await readProxyCertificates(kubectl, namespace, pod);
  return { line: line ?? "", ...(chain[0] && { certificate: chain[0] }) };
}

type Labels = Readonly<Record<string, string>>;

async function selectTestPod({ client: { kubectl, namespace } }: Meshes): Promise<Pods> {
  const { spec } = await getObject<{ spec: { selector: { matchLabels: Labels } } }>(kubectl, [
    ...["deployment", "client", "-n", namespace],
  ]);
  return { namespace, selector: formatSelector(spec.selector.matchLabels) };
}

async function selectService({ server: { kubectl, service } }: Meshes): Promise<Pods> {
  const { namespace, host } = service;
  const [name = ""] = host.split(".");
  const { spec } = await getObject<{ spec: { selector: Labels } }>(kubectl, [
    ...["service", name, "-n", namespace],
  ]);
  return { namespace, selector: formatSelector(spec.selector) };
}

function formatSelector(labels: Labels): string {
  return Object.entries(labels)
    .map(([label, value]) => `${label}=${value}`)
    .join(",");
}
