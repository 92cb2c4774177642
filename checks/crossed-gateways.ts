import { randomUUID } from "node:crypto";

import { type Check, type Fixture, saw } from "./check";
import type { Cluster, GatewayPlace } from "./meshes";
import { clientPod } from "./pods/client-pod";
import { curl, describeCurl } from "./pods/curl";
import { logField, proxyLogLine } from "./pods/log";
import { parseXfcc, xfccIn } from "./xfcc";

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
  {
    id: 2,
    name: "it crossed the egress gateway",
    expected: "in its access log, from the application's sidecar",
    async run({ meshes, use }) {
      const { mark } = await use(tracedRequest);
      const line = await gatewayLine(meshes.client, meshes.client.egressGateway, mark);
      if (line === undefined) return saw(false, "not in its access log");
      const peer = logField(line, "downstream_peer");
      const fromApplication = peer?.includes(`/ns/${meshes.client.namespace}/`) ?? false;
      return saw(fromApplication, `in its access log, from ${peer ?? "nobody known"}`);
    },
  },
  {
    id: 2,
    name: "it entered by the ingress gateway",
    expected: "in its access log, from the egress gateway",
    async run({ meshes, use }) {
      const { mark } = await use(tracedRequest);
      const line = await gatewayLine(meshes.server, meshes.server.ingressGateway, mark);
      if (line === undefined) return saw(false, "not in its access log");
      const peer = logField(line, "downstream_peer");
      return saw(
        peer?.split(",").includes(meshes.client.identity.uri) ?? false,
        `in its access log, from ${peer ?? "nobody known"}`,
      );
    },
  },
  {
    id: 3,
    name: "TLS 1.3 is used between the meshes",
    expected: "upstream_tls=TLSv1.3 in the egress gateway's log",
    async run({ meshes, use }) {
      const { mark } = await use(tracedRequest);
      const line = await gatewayLine(meshes.client, meshes.client.egressGateway, mark);
      const version = line === undefined ? undefined : logField(line, "upstream_tls");
      return saw(version === "TLSv1.3", `upstream_tls=${version ?? "(no such field)"}`);
    },
  },
];

function gatewayLine({ kubectl }: Cluster, { namespace, selector }: GatewayPlace, mark: string) {
  return proxyLogLine({ kubectl, namespace, selector }, (line) => line.includes(mark));
}
