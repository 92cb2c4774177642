import { randomUUID } from "node:crypto";

import { type Check, type Fixture, saw } from "../check";
import type { Cluster, GatewayPlace, Meshes } from "../meshes";
import { clientPod } from "../toolkit/pods/client-pod";
import { curl, describeCurl } from "../toolkit/pods/curl";
import { logField, type LogOf, proxyLogLine } from "../toolkit/pods/log";
import { parseXfcc, xfccIn } from "../toolkit/xfcc";

/** A request that can be found again, with the answer of httpbin's /headers: the headers that reached it. */
const tracedRequest: Fixture<{ readonly mark: string; readonly body: string }> = {
  name: "a request to follow",
  async create({ meshes }) {
    const [host] = meshes.hosts;
    const mark = `check-${randomUUID()}`;
    const result = await curl(clientPod(meshes), [`http://${host}/headers?${mark}`]);
    if (result.kind === "answer" && result.status === 200) return { mark, body: result.body };
    throw new Error(describeCurl(result));
  },
};

/** Proof that a request went sidecar → egress gateway ═ mutual TLS ═▶ ingress gateway. */
export const crossedGateways: readonly Check[] = [
  {
    id: 2,
    name: "the server saw the client's certificate",
    expected: ({ client }) =>
      `XFCC with DNS=${client.identity.dnsName}, URI=${client.identity.uri}`,
    async run({ meshes, use }) {
      const { body } = await use(tracedRequest);
      const header = xfccIn(body);
      if (header === undefined) return saw(false, "no XFCC reached the application");
      const { dnsName, uri } = meshes.client.identity;
      const hops = parseXfcc(header);
      const seen = hops.find(({ DNS, URI }) => DNS.includes(dnsName) && URI === uri);
      if (seen) return saw(true, `XFCC with DNS=${dnsName}, URI=${uri}`);
      const others = hops.map(({ DNS, URI }) => `DNS=${DNS.join(",")}, URI=${URI ?? ""}`);
      return saw(false, `XFCC with ${others.join(" and ")}`);
    },
  },
  passedBy({
    name: "it crossed the egress gateway",
    expected: "in its access log, from the application's sidecar",
    gateway: ({ client }) => gatewayLog(client, client.egressGateway),
    isPeer: (peer, { client }) => peer.includes(`/ns/${client.namespace}/`),
  }),
  passedBy({
    name: "it entered by the ingress gateway",
    expected: "in its access log, from the egress gateway",
    gateway: ({ server }) => gatewayLog(server, server.ingressGateway),
    isPeer: (peer, { client }) => peer.split(",").includes(client.identity.uri),
  }),
  {
    id: 3,
    name: "TLS 1.3 is used between the meshes",
    expected: "upstream_tls=TLSv1.3 in the egress gateway's log",
    async run({ meshes, use }) {
      const { mark } = await use(tracedRequest);
      const line = await lineOf(gatewayLog(meshes.client, meshes.client.egressGateway), mark);
      const version = line === undefined ? undefined : logField(line, "upstream_tls");
      return saw(version === "TLSv1.3", `upstream_tls=${version ?? "(no such field)"}`);
    },
  },
];

/** That a gateway has the request in its access log, and from whom. */
function passedBy(row: {
  readonly name: string;
  readonly expected: string;
  readonly gateway: (meshes: Meshes) => LogOf;
  readonly isPeer: (peer: string, meshes: Meshes) => boolean;
}): Check {
  return {
    id: 2,
    name: row.name,
    expected: row.expected,
    async run({ meshes, use }) {
      const { mark } = await use(tracedRequest);
      const line = await lineOf(row.gateway(meshes), mark);
      if (line === undefined) return saw(false, "not in its access log");
      const peer = logField(line, "downstream_peer");
      return saw(
        peer !== undefined && row.isPeer(peer, meshes),
        `in its access log, from ${peer ?? "nobody known"}`,
      );
    },
  };
}

function gatewayLog({ kubectl }: Cluster, { namespace, selector }: GatewayPlace): LogOf {
  return { kubectl, namespace, selector };
}

function lineOf(log: LogOf, mark: string): Promise<string | undefined> {
  return proxyLogLine(log, (line) => line.includes(mark));
}
