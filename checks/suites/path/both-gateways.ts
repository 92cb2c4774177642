import type { Check } from "../../check";
import type { Cluster, GatewayWorkload, Mesh, Meshes } from "../../meshes";
import { tracedRequest } from "../../toolkit/fixtures/traced-request";
import {
  type LogSource,
  readLogField,
  readLogProtocol,
  waitForLogLine,
} from "../../toolkit/pods/access-log";
import { parseXfcc, readXfcc } from "../../toolkit/xfcc";

const PATH = {
  requirement: "through-both-gateways",
  why: "The request leaves the client mesh by its egress gateway and enters by the server's ingress gateway, with mutual TLS between them.",
} as const;

/** Proves the path: sidecar, egress gateway, mutual TLS, ingress gateway. */
export const bothGateways: readonly Check[] = [
  {
    ...PATH,
    slug: "path/client-certificate-seen",
    title: "the server sees the client's certificate",
    expected: "X-Forwarded-Client-Cert with the client's DNS name and URI",
    expectedFor: ({ client }) =>
      `XFCC with DNS=${client.identity.dnsName}, URI=${client.identity.uri}`,
    threat: "A server that accepts requests without a client certificate cannot tell who calls.",
    async run({ meshes, use }) {
      const { body } = await use(tracedRequest);
      const header = readXfcc(body);
      if (header === undefined) {
        return { pass: false, observed: "no XFCC reached the application" };
      }
      const { dnsName, uri } = meshes.client.identity;
      const elements = parseXfcc(header);
      if (elements.some(({ DNS, URI }) => DNS.includes(dnsName) && URI === uri)) {
        return { pass: true, observed: `XFCC with DNS=${dnsName}, URI=${uri}` };
      }
      const others = elements.map(({ DNS, URI }) => `DNS=${DNS.join(",")}, URI=${URI ?? ""}`);
      return { pass: false, observed: `XFCC with ${others.join(" and ")}` };
    },
  },
  expectLogged({
    ...PATH,
    slug: "path/through-egress-gateway",
    title: "the request passes the egress gateway",
    expected: "in its access log, from the application's sidecar",
    threat: "Traffic around the egress gateway is not authenticated, authorized, or logged.",
    logOf: ({ client }) => [client, client.egressGateway],
    isPeer: (peer, { client }) => peer.includes(`/ns/${client.namespace}/`),
  }),
  expectLogged({
    ...PATH,
    slug: "path/through-ingress-gateway",
    title: "the request enters by the ingress gateway",
    expected: "in its access log, from the egress gateway",
    threat: "Another way into the server mesh skips the ingress gateway's checks.",
    logOf: ({ server }) => [server, server.ingressGateway],
    isPeer: (peer, { client }) => peer.split(",").includes(client.identity.uri),
  }),
  {
    slug: "path/http2-between-proxies",
    title: "HTTP/2 to both gateways",
    requirement: "http2-between-proxies",
    expected: "HTTP/2 in the access logs of both gateways",
    why: "Many requests share a connection, and the trailers of gRPC arrive.",
    threat:
      "With HTTP/1.1 on one hop, gRPC fails, and each request takes more of the proxies' processor time.",
    async run({ meshes: { server, client }, use }) {
      const { mark } = await use(tracedRequest);
      const protocols = await Promise.all(
        [gatewayLog(client, client.egressGateway), gatewayLog(server, server.ingressGateway)].map(
          async (log) => readLogProtocol((await findRequest(log, mark)) ?? "") ?? "not in its log",
        ),
      );
      const [egress, ingress] = protocols;
      return {
        pass: protocols.every((protocol) => protocol === "HTTP/2"),
        observed: `egress gateway: ${egress}, ingress gateway: ${ingress}`,
      };
    },
  },
  {
    slug: "path/tls13-between-meshes",
    title: "TLS 1.3 between the meshes",
    requirement: "tls-versions",
    expected: "upstream_tls=TLSv1.3 in the egress gateway's access log",
    why: "The gateways use the newest version that both support.",
    threat: "An attacker between the meshes forces an older, weaker version.",
    async run({ meshes, use }) {
      const { mark } = await use(tracedRequest);
      const line = await findRequest(gatewayLog(meshes.client, meshes.client.egressGateway), mark);
      const version = line === undefined ? undefined : readLogField(line, "upstream_tls");
      if (lacksField(line, version, meshes.client)) return { skipped: NO_FIELD };
      return {
        pass: version === "TLSv1.3",
        observed: `upstream_tls=${version ?? "(not in the log)"}`,
      };
    },
  },
];

interface LoggedRequest extends Omit<Check, "run"> {
  /** The mesh and its gateway. */
  readonly logOf: (meshes: Meshes) => readonly [Mesh, GatewayWorkload];
  /** Whether the request must come from this peer. */
  readonly isPeer: (peer: string, meshes: Meshes) => boolean;
}

/** Expects the traced request in a gateway's access log, from a certain peer. */
function expectLogged({ logOf, isPeer, ...check }: LoggedRequest): Check {
  return {
    ...check,
    async run({ meshes, use }) {
      const { mark } = await use(tracedRequest);
      const [mesh, gateway] = logOf(meshes);
      const line = await findRequest(gatewayLog(mesh, gateway), mark);
      if (line === undefined) return { pass: false, observed: "not in its access log" };
      const peer = readLogField(line, "downstream_peer");
      if (lacksField(line, peer, mesh)) return { skipped: NO_FIELD };
      return {
        pass: peer !== undefined && isPeer(peer, meshes),
        observed: `in its access log, from ${peer ?? "a peer without a certificate"}`,
      };
    },
  };
}

function gatewayLog({ kubectl }: Cluster, { namespace, selector }: GatewayWorkload): LogSource {
  return { kubectl, namespace, selector };
}

const NO_FIELD = "the access log of the existing Istio lacks the field";

/** Whether a line of an existing Istio's log lacks a field, because the mesh has another format. */
function lacksField(
  line: string | undefined,
  field: string | undefined,
  { existingIstio }: Mesh,
): boolean {
  return existingIstio && line !== undefined && field === undefined;
}

function findRequest(log: LogSource, mark: string): Promise<string | undefined> {
  return waitForLogLine(log, (line) => line.includes(mark));
}
