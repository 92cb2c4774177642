import type { Meshes } from "../meshes";
import { failedRequest } from "../toolkit/fixtures/failed-request";
import { programCertificates } from "../toolkit/fixtures/program-certificates";
import { alternativeNames } from "../toolkit/pki/certificates";
import type { x509 } from "../toolkit/pki/x509";
import { readLogAddresses, readLogField, readLogProtocol } from "../toolkit/pods/access-log";
import { type ProxyView, viewProxies } from "./proxy-views";
import { errorMessage, Workbench } from "./workbench";

/** A program on the path of a request. */
export interface Stop {
  readonly mesh: "client" | "server";
  readonly name: string;
  /** Where it runs. */
  readonly place: string;
}

/** A connection between two stops. What no log shows is absent. */
export interface Hop {
  /** Address and port. */
  readonly address?: string;
  /** Such as `HTTP/2`. */
  readonly protocol?: string;
  /** Absent if the connection is in plain text. */
  readonly tls?: {
    /** Such as `TLSv1.3`. */
    readonly version?: string;
    /** Names in the certificate of the end that connects. */
    readonly client: readonly string[];
    /** Names in the certificate of the end that accepts. */
    readonly server: readonly string[];
  };
}

/** The path of one request that was sent and followed. There is one hop fewer than stops. */
export interface RequestPath {
  readonly url: string;
  readonly stops: readonly Stop[];
  readonly hops: readonly Hop[];
}

/** Sends a request and reads its path from the logs and certificates of all proxies, or says why it cannot. */
export async function describePath(
  meshes: Meshes,
): Promise<RequestPath | { readonly problem: string }> {
  const bench = new Workbench(meshes);
  try {
    // By default, sidecars log failed requests only.
    const { mark } = await bench.use(failedRequest);
    const leaves = await bench.use(programCertificates);
    const leafOf = (wanted: string) => leaves.find(({ role }) => role === wanted)?.certificate;
    return buildPath(meshes, await viewProxies(meshes, mark), {
      client: namesOf(leafOf("clientLeaf")),
      server: namesOf(leafOf("serverLeaf")),
    });
  } catch (error) {
    return { problem: errorMessage(error) };
  }
}

function buildPath(
  { hosts, client, server }: Meshes,
  { sidecar, egress, ingress, service }: Awaited<ReturnType<typeof viewProxies>>,
  leaf: { readonly client: readonly string[]; readonly server: readonly string[] },
): RequestPath {
  const [serviceName = ""] = server.service.host.split(".");
  const inMesh = server.service.isInMesh;
  const stops: Stop[] = [
    { mesh: "client", name: "application", place: client.namespace },
    { mesh: "client", name: "its sidecar", place: client.namespace },
    { mesh: "client", name: "egress gateway", place: client.egressGateway.namespace },
    { mesh: "server", name: "ingress gateway", place: server.ingressGateway.namespace },
    ...(inMesh
      ? [
          {
            mesh: "server" as const,
            name: `sidecar of ${serviceName}`,
            place: server.service.namespace,
          },
        ]
      : []),
    { mesh: "server", name: serviceName, place: server.service.namespace },
  ];
  const toService = hop(ingress, service, {
    client: namesOf(ingress.certificate),
    server: namesOf(service.certificate),
  });
  const hops: Hop[] = [
    plainHop(readLogAddresses(sidecar.line).local, readLogProtocol(sidecar.line)),
    hop(sidecar, egress, {
      client: namesOf(sidecar.certificate),
      server: namesOf(egress.certificate),
    }),
    hop(egress, ingress, leaf),
    ...(inMesh
      ? [toService, plainHop(readLogAddresses(service.line).upstream, undefined)]
      : [withoutPeer(ingress)]),
  ];
  return { url: `http://${hosts[0]}`, stops, hops };
}

/** A connection between two proxies, which use mutual TLS. */
function hop(from: ProxyView, to: ProxyView, names: Omit<NonNullable<Hop["tls"]>, "version">): Hop {
  const version =
    readLogField(to.line, "downstream_tls") ?? readLogField(from.line, "upstream_tls");
  return {
    ...plainHop(readLogAddresses(from.line).upstream, readLogProtocol(to.line)),
    tls: { ...names, ...(version !== undefined && { version }) },
  };
}

/** A connection from a gateway to a service without a sidecar. */
function withoutPeer(gateway: ProxyView): Hop {
  const version = readLogField(gateway.line, "upstream_tls");
  const hop = plainHop(readLogAddresses(gateway.line).upstream, undefined);
  return version === undefined || version === "-"
    ? hop
    : { ...hop, tls: { version, client: [], server: [] } };
}

function plainHop(address: string | undefined, protocol: string | undefined): Hop {
  return {
    ...(address !== undefined && { address }),
    ...(protocol !== undefined && { protocol }),
  };
}

function namesOf(certificate: x509.X509Certificate | undefined): readonly string[] {
  if (!certificate) return [];
  const { dnsNames, uris } = alternativeNames(certificate);
  return [...dnsNames, ...uris];
}
