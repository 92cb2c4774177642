import { certificatesIn, namesOf } from "../toolkit/certificates/read";
import { object } from "../toolkit/kubectl";
import type { Cluster, GatewayPlace, Meshes } from "../meshes";

/** What the clusters do not tell. */
export type Surroundings = Pick<Meshes, "enforcesNetworkPolicy" | "manInTheMiddle" | "artifacts">;

interface IstioObject<Spec> {
  readonly metadata: { readonly name: string; readonly namespace: string };
  readonly spec: Spec;
}

interface List<Spec> {
  readonly items: readonly IstioObject<Spec>[];
}

interface GatewaySpec {
  readonly selector: Readonly<Record<string, string>>;
  readonly servers: readonly {
    readonly tls: { readonly credentialName?: string; readonly minProtocolVersion?: string };
  }[];
}

interface ServiceEntrySpec {
  readonly hosts: readonly string[];
  readonly ports: readonly { readonly targetPort: number }[];
  readonly endpoints: readonly { readonly address: string }[];
}

interface DestinationRuleSpec {
  readonly host: string;
  readonly trafficPolicy?: { readonly tls?: { readonly credentialName?: string } };
}

interface VirtualServiceSpec {
  readonly hosts: readonly string[];
  readonly http: readonly {
    readonly route: readonly {
      readonly destination: { readonly host: string; readonly port?: { readonly number: number } };
    }[];
  }[];
}

/**
 * Reads from what the program made in two clusters all that the checks need to know.
 *
 * @throws Error when the program is not up in one of them
 */
export async function discoverMeshes(
  server: Cluster,
  client: Cluster,
  surroundings: Surroundings,
): Promise<Meshes> {
  const entry = await named<ServiceEntrySpec>(client, "serviceentries", "server-egress");
  const egress = await named<GatewaySpec>(client, "gateways", "server-egress");
  const ingress = await named<GatewaySpec>(server, "gateways", "server-ingress");
  const [host, ...others] = entry.spec.hosts;
  const address = entry.spec.endpoints[0]?.address;
  const port = entry.spec.ports[0]?.targetPort;
  if (host === undefined || address === undefined || port === undefined) {
    throw new Error(
      `the ${client.name} cluster's ServiceEntry server-egress names no host, address or port`,
    );
  }
  const originate = await find<DestinationRuleSpec>(
    client,
    "destinationrules",
    ({ spec }) => spec.host === host && spec.trafficPolicy?.tls?.credentialName !== undefined,
    `for ${host} with a credential`,
  );
  const listener = ingress.spec.servers[0]?.tls;
  const egressGateway = place(egress, originate.spec.trafficPolicy?.tls?.credentialName);
  return {
    hosts: [host, ...others],
    ingress: { address, port },
    minTlsVersion: listener?.minProtocolVersion === "TLSV1_3" ? "1.3" : "1.2",
    rootCertPem: await rootCertificate(client, entry.metadata.namespace),
    server: {
      ...server,
      ingressGateway: place(ingress, listener?.credentialName),
      service: await serviceBehind(server, host),
    },
    client: {
      ...client,
      namespace: entry.metadata.namespace,
      egressGateway,
      identity: await identity(client, egressGateway),
    },
    ...surroundings,
  };
}

async function find<Spec>(
  cluster: Cluster,
  plural: string,
  wanted: (candidate: IstioObject<Spec>) => boolean,
  words: string,
): Promise<IstioObject<Spec>> {
  const { items } = await object<List<Spec>>(cluster.kubectl, [
    `${plural}.networking.istio.io`,
    "-A",
  ]);
  const found = items.find(wanted);
  if (found) return found;
  throw new Error(
    `the ${cluster.name} cluster has none of ${plural} ${words}: run \`pulumi up -s ${cluster.name}\` first, or name the right cluster`,
  );
}

function named<Spec>(cluster: Cluster, plural: string, name: string) {
  return find<Spec>(cluster, plural, ({ metadata }) => metadata.name === name, `named ${name}`);
}

function place(gateway: IstioObject<GatewaySpec>, credentialName = ""): GatewayPlace {
  const { selector } = gateway.spec;
  return {
    namespace: gateway.metadata.namespace,
    // The gateway's chart labels its pods with the release's name without `istio-`.
    name: `istio-${selector["istio"] ?? ""}`,
    selector: Object.entries(selector)
      .map(([label, value]) => `${label}=${value}`)
      .join(","),
    credentialName,
  };
}

async function serviceBehind(server: Cluster, host: string) {
  const { spec } = await find<VirtualServiceSpec>(
    server,
    "virtualservices",
    (candidate) => candidate.spec.hosts.includes(host),
    `for ${host}`,
  );
  const destination = spec.http[0]?.route[0]?.destination;
  const [, namespace = ""] = destination?.host.split(".") ?? [];
  return { namespace, host: destination?.host ?? "", port: destination?.port?.number ?? 80 };
}

/** What Istio tells every namespace to trust. */
async function rootCertificate({ kubectl }: Cluster, namespace: string): Promise<string> {
  const { data } = await object<{ readonly data: Readonly<Record<string, string>> }>(kubectl, [
    ...["configmap", "istio-ca-root-cert", "-n", namespace],
  ]);
  return data["root-cert.pem"] ?? "";
}

/** What the egress gateway's certificate says that it is. */
async function identity({ kubectl }: Cluster, gateway: GatewayPlace) {
  const chain = await certificatesIn(kubectl, gateway.namespace, gateway.credentialName, "tls.crt");
  const { dnsNames, uris } = namesOf(chain[0]);
  const [dnsName = ""] = dnsNames;
  const [uri = ""] = uris;
  return { dnsName, uri };
}
