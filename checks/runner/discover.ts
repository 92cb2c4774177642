import { ADDITIONAL_EGRESS, CLIENT_EGRESS, SERVER_INGRESS } from "../../stacks/names";
import type { Cluster, GatewayWorkload, Meshes } from "../meshes";
import { getObject } from "../toolkit/kubectl";
import { alternativeNames, readCertificates } from "../toolkit/pki/certificates";
import type {
  AuthorizationPolicySpec,
  DestinationRuleSpec,
  GatewaySpec,
  IstioObject,
  ServiceEntrySpec,
  VirtualServiceSpec,
} from "./istio-objects";
import { knownClients } from "./known-clients";

/** What the clusters cannot tell. */
export type Environment = Pick<
  Meshes,
  "enforcesNetworkPolicy" | "manInTheMiddle" | "artifacts" | "otherIntermediates"
>;

/**
 * Reads what the checks need from the objects that the program created in the two clusters. If the client calls more than
 * one server, the path is the one to `server`.
 *
 * @throws Error when an object is missing
 */
export async function discoverMeshes(
  server: Cluster,
  client: Cluster,
  environment: Environment,
): Promise<Meshes> {
  const ingress = await findByName<GatewaySpec>(server, "gateways", SERVER_INGRESS.objectPrefix);
  const egress = await findEgress(client, ingress);
  const objectPrefix = egress.metadata.name;
  const entry = await findByName<ServiceEntrySpec>(client, "serviceentries", objectPrefix);
  const [host, ...otherHosts] = entry.spec.hosts;
  const address = entry.spec.endpoints[0]?.address;
  const port = entry.spec.ports[0]?.targetPort;
  if (host === undefined || address === undefined || port === undefined) {
    throw new Error(
      `the client cluster's ServiceEntry ${objectPrefix} must have a host, an address and a port: ` +
        "deploy the client stack with `pulumi up`",
    );
  }
  const origination = await find<DestinationRuleSpec>(
    client,
    "destinationrules",
    ({ spec }) => spec.host === host && spec.trafficPolicy?.tls?.credentialName !== undefined,
    `with a TLS credential for ${host}`,
  );
  const [openServer] = ingress.spec.servers;
  const listener = openServer?.tls;
  const egressGateway = workloadOf(egress, origination.spec.trafficPolicy?.tls?.credentialName);
  const [serverExists, clientExists] = [
    await usesExistingIstio(server, SERVER_INGRESS.objectPrefix),
    await usesExistingIstio(client, CLIENT_EGRESS.objectPrefix),
  ];
  return {
    hosts: [host, ...otherHosts],
    ingress: { address, port },
    minTlsVersion: listener?.minProtocolVersion === "TLSV1_3" ? "1.3" : "1.2",
    rootCertPem: await readRootCertificate(client, egressGateway),
    server: {
      ...server,
      existingIstio: serverExists,
      hasOtherCa: serverExists,
      ingressGateway: workloadOf(ingress, listener?.credentialName),
      hosts: openServer?.hosts ?? [],
      service: await findService(server, host),
    },
    client: {
      ...client,
      existingIstio: clientExists,
      // Only the first server's intermediate signs the mesh.
      hasOtherCa: clientExists || objectPrefix !== CLIENT_EGRESS.objectPrefix,
      namespace: entry.metadata.namespace,
      egressGateway,
      objectPrefix,
      minTlsVersion: await readMinTlsVersion(client, objectPrefix),
      identity: await readIdentity(client, egressGateway),
    },
    knownClients: knownClients(
      listener?.subjectAltNames ?? [],
      await list<AuthorizationPolicySpec>(server, "authorizationpolicies.security.istio.io"),
      openServer?.hosts ?? [],
    ),
    ...environment,
  };
}

async function find<Spec>(
  cluster: Cluster,
  plural: string,
  isWanted: (candidate: IstioObject<Spec>) => boolean,
  description: string,
): Promise<IstioObject<Spec>> {
  const found = (await list<Spec>(cluster, `${plural}.networking.istio.io`)).find(isWanted);
  if (found) return found;
  throw new Error(
    `no ${plural} ${description} in the ${cluster.name} cluster: deploy the ${cluster.name} stack with \`pulumi up\`, ` +
      `or correct --${cluster.name}-kubeconfig or --${cluster.name}-context`,
  );
}

async function list<Spec>({ kubectl }: Cluster, resource: string) {
  const { items } = await getObject<{ readonly items: readonly IstioObject<Spec>[] }>(kubectl, [
    resource,
    "-A",
  ]);
  return items;
}

/** The egress gateway's listener for hosts of the server. */
async function findEgress(
  client: Cluster,
  ingress: IstioObject<GatewaySpec>,
): Promise<IstioObject<GatewaySpec>> {
  const first = await findByName<GatewaySpec>(client, "gateways", CLIENT_EGRESS.objectPrefix);
  const all = await list<GatewaySpec>(client, "gateways.networking.istio.io");
  return selectEgress(first, all, ingress);
}

/** Selects the listener that has a host of the server: the one for the first server, another server's, or else the first. */
export function selectEgress(
  first: IstioObject<GatewaySpec>,
  all: readonly IstioObject<GatewaySpec>[],
  ingress: IstioObject<GatewaySpec>,
): IstioObject<GatewaySpec> {
  const hostsOf = ({ spec }: IstioObject<GatewaySpec>) =>
    spec.servers.flatMap(({ hosts }) => hosts);
  const served = hostsOf(ingress);
  const additional = all.filter(({ metadata }) => metadata.name.startsWith(ADDITIONAL_EGRESS));
  const isOfServer = (gateway: IstioObject<GatewaySpec>) =>
    hostsOf(gateway).some((host) => served.includes(host));
  return [first, ...additional].find(isOfServer) ?? first;
}

function findByName<Spec>(cluster: Cluster, plural: string, name: string) {
  return find<Spec>(cluster, plural, ({ metadata }) => metadata.name === name, `named ${name}`);
}

/** The Deployment that a Gateway selects. */
function workloadOf(gateway: IstioObject<GatewaySpec>, credentialName = ""): GatewayWorkload {
  const { selector } = gateway.spec;
  return {
    namespace: gateway.metadata.namespace,
    // Istio's gateway chart labels the pods with the release's name, without `istio-`.
    name: `istio-${selector["istio"] ?? ""}`,
    selector: Object.entries(selector)
      .map(([label, value]) => `${label}=${value}`)
      .join(","),
    credentialName,
  };
}

/** Finds the Service behind a host. */
async function findService(server: Cluster, host: string) {
  const { spec } = await find<VirtualServiceSpec>(
    server,
    "virtualservices",
    // A client in the same cluster has a route for the host too.
    ({ metadata, spec: { hosts } }) =>
      metadata.name.startsWith(SERVER_INGRESS.objectPrefix) && hosts.includes(host),
    `for ${host}`,
  );
  const destination = spec.http[0]?.route[0]?.destination;
  const [, namespace = ""] = destination?.host.split(".") ?? [];
  const rules = await list<DestinationRuleSpec>(server, "destinationrules.networking.istio.io");
  return {
    namespace,
    host: destination?.host ?? "",
    port: destination?.port?.number ?? 80,
    isInMesh: rules.some(
      ({ spec }) =>
        spec.host === destination?.host && spec.trafficPolicy?.tls?.mode === "ISTIO_MUTUAL",
    ),
  };
}

/** Reads the minimum TLS version of the egress gateway. Only an EnvoyFilter can set another one than Istio's 1.2. */
async function readMinTlsVersion(client: Cluster, objectPrefix: string): Promise<"1.2" | "1.3"> {
  const filters = await list<object>(client, "envoyfilters.networking.istio.io");
  const name = `${objectPrefix}-newest-tls-only`;
  return filters.some(({ metadata }) => metadata.name === name) ? "1.3" : "1.2";
}

/** Whether the stack closes only its own namespace, because the mesh is not its own. */
async function usesExistingIstio(cluster: Cluster, objectPrefix: string): Promise<boolean> {
  const policies = await list(cluster, "peerauthentications.security.istio.io");
  return policies.some(({ metadata }) => metadata.name === `${objectPrefix}-strict`);
}

/** Reads the trust anchor of a gateway. */
async function readRootCertificate(
  { kubectl }: Cluster,
  { namespace, credentialName }: GatewayWorkload,
): Promise<string> {
  const { data } = await getObject<{ readonly data: Readonly<Record<string, string>> }>(kubectl, [
    ...["secret", credentialName, "-n", namespace],
  ]);
  return Buffer.from(data["ca.crt"] ?? "", "base64").toString();
}

/** Reads the names in the egress gateway's certificate. */
async function readIdentity({ kubectl }: Cluster, gateway: GatewayWorkload) {
  const [leaf] = await readCertificates(
    kubectl,
    gateway.namespace,
    gateway.credentialName,
    "tls.crt",
  );
  const { dnsNames, uris } = alternativeNames(leaf);
  const [dnsName = ""] = dnsNames;
  const [uri = ""] = uris;
  return { dnsName, uri };
}
