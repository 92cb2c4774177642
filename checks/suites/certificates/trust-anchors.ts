import { ROOT_NAMESPACE } from "../../../components/istio/root-namespace";
import type { Check } from "../../check";
import type { Cluster, Mesh, Meshes } from "../../meshes";
import { requireOutput } from "../../toolkit/kubectl";
import { isIssuedBy, readCertificates } from "../../toolkit/pki/certificates";
import type { x509 } from "../../toolkit/pki/x509";
import {
  type ProxyCertificates,
  readProxyCertificates,
} from "../../toolkit/pods/proxy-certificates";
import { PROXY_CONTAINER } from "../../toolkit/pods/container";

/** What a mesh should trust, and the CA that signs its certificates, with the CA's own chain. */
export interface MeshTrust {
  readonly anchors: readonly x509.X509Certificate[];
  readonly ca: readonly [x509.X509Certificate, ...x509.X509Certificate[]];
}

/** What a proxy trusts, and its own certificate with its chain. */
export interface ProxyTrust extends ProxyCertificates {
  /** Namespace and name of the pod. */
  readonly pod: string;
}

/** The trust anchors of both meshes. While a root is replaced, each step needs that all proxies have finished the last one. */
export const trustAnchors: readonly Check[] = [
  {
    slug: "certificates/trust-anchors",
    title: "trust anchors",
    requirement: "same-trust-anchors",
    expected: "the same in both meshes, all gateways and all proxies",
    why: "A proxy refuses a peer whose root it does not trust.",
    threat: "A root is dropped while some proxy still has a certificate under it.",
    async run({ meshes }) {
      const { problems, roots, proxies, followers } = await compareTrust(meshes);
      // A proxy keeps its certificate of an earlier CA until it renews it, which is right under the same root.
      const earlier =
        followers > 0 ? `, ${followers} of them still with a certificate of an earlier CA` : "";
      return problems.length > 0
        ? { pass: false, observed: problems.join("; ") }
        : { pass: true, observed: `${roots} in ${proxies} proxies${earlier}` };
    },
  },
];

/** Compares the trust anchors of both meshes, of their gateways' credentials, and of every proxy. */
export async function compareTrust({ server, client }: Meshes) {
  const [serverMesh, clientMesh] = [await readMesh(server), await readMesh(client)];
  const proxies = [...serverMesh.proxies, ...clientMesh.proxies];
  const egress = await readCredentialAnchors(client, client.egressGateway);
  const ingress = await readCredentialAnchors(server, server.ingressGateway);
  const expected = nameRoots(serverMesh.trust?.anchors ?? ingress);
  const problems = await Promise.all(
    proxies.map(({ proxy, trust }) => findTrustProblems(proxy, trust)),
  );
  return {
    roots: expected,
    proxies: proxies.length,
    /** Proxies that do not have a certificate of their mesh's present CA yet. */
    followers: proxies.filter(({ proxy, trust }) => !includes(proxy.chain, trust.ca[0])).length,
    problems: [
      ...[
        ...(clientMesh.trust ? [{ end: "client mesh", anchors: clientMesh.trust.anchors }] : []),
        { end: "ingress", anchors: ingress },
        { end: "egress", anchors: egress },
      ]
        .map(({ end, anchors }) => ({ end, roots: nameRoots(anchors) }))
        .filter(({ roots }) => roots !== expected)
        .map(({ end, roots }) => `${end}: trusts ${roots}, and the server mesh ${expected}`),
      ...problems.flat(),
    ],
  };
}

/** Problems of what a proxy trusts, and of the root of its certificate. */
export async function findTrustProblems(
  { pod, anchors, chain }: ProxyTrust,
  mesh: MeshTrust,
): Promise<string[]> {
  const [expected, found] = [nameRoots(mesh.anchors), nameRoots(anchors)];
  const [caRoot, root] = [
    await findRoot(mesh.ca, mesh.anchors),
    await findRoot(chain, mesh.anchors),
  ];
  return [
    ...(found === expected ? [] : [`${pod}: trusts ${found} instead of ${expected}`]),
    ...(root === caRoot
      ? []
      : [
          `${pod}: has a certificate under ${root ?? "no root of its mesh"}, and the CA is under ${caRoot ?? "none"}`,
        ]),
  ];
}

/** The root that has signed a certificate of a chain. The chain may contain all roots, each signed by itself. */
async function findRoot(
  chain: readonly x509.X509Certificate[],
  anchors: readonly x509.X509Certificate[],
): Promise<string | undefined> {
  const below = chain.filter((certificate) => !includes(anchors, certificate));
  for (const anchor of anchors) {
    const signed = await Promise.all(below.map((certificate) => isIssuedBy(certificate, anchor)));
    if (signed.includes(true)) return nameRoots([anchor]);
  }
  return undefined;
}

function includes(chain: readonly x509.X509Certificate[], wanted: x509.X509Certificate): boolean {
  return chain.some((certificate) => certificate.equal(wanted));
}

/** Names roots by the start of their serial numbers, because all may have the same subject. */
function nameRoots(anchors: readonly x509.X509Certificate[]): string {
  const serials = anchors.map(({ serialNumber }) => serialNumber.slice(0, 8)).sort();
  return `root ${serials.join(" and ")}`;
}

/** What a mesh should trust, and its proxies. Nothing if the mesh has a CA of its own. */
async function readMesh(mesh: Mesh) {
  if (mesh.hasOtherCa) return { trust: undefined, proxies: [] };
  const trust = await readMeshTrust(mesh);
  return { trust, proxies: (await readProxies(mesh)).map((proxy) => ({ proxy, trust })) };
}

async function readMeshTrust({ kubectl }: Cluster): Promise<MeshTrust> {
  const read = (field: string) => readCertificates(kubectl, ROOT_NAMESPACE, "cacerts", field);
  return { anchors: await read("root-cert.pem"), ca: await read("cert-chain.pem") };
}

function readCredentialAnchors(
  { kubectl }: Cluster,
  { namespace, credentialName }: Meshes["server"]["ingressGateway"],
) {
  return readCertificates(kubectl, namespace, credentialName, "ca.crt");
}

async function readProxies({ kubectl }: Cluster): Promise<ProxyTrust[]> {
  const template =
    '{range .items[*]}{.metadata.namespace}{"/"}{.metadata.name}{" "}{.spec.containers[*].name}{" "}{.spec.initContainers[*].name}{"\\n"}{end}';
  const pods = await requireOutput(kubectl, [
    ...["get", "pods", "-A", "--field-selector", "status.phase=Running"],
    ...["-o", `jsonpath=${template}`],
  ]);
  const withProxy = pods
    .split("\n")
    .map((line) => line.split(" "))
    .filter(([, ...containers]) => containers.includes(PROXY_CONTAINER));
  return Promise.all(
    withProxy.map(async ([pod = ""]) => {
      const [namespace = "", name = ""] = pod.split("/");
      return { pod, ...(await readProxyCertificates(kubectl, namespace, name)) };
    }),
  );
}
