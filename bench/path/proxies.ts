import { TEST_POD, HTTPBIN } from "../../components/samples/names";
import type { Meshes } from "../../checks/meshes";
import { readProcessorMs } from "../processes";
import { findInPods } from "./pods";

/** The proxies of the path, in the order of a request. */
export const PROXIES = [
  "client sidecar",
  "egress gateway",
  "ingress gateway",
  "server sidecar",
] as const;

export type ProxyName = (typeof PROXIES)[number];

/** The processes of each proxy. A gateway has several pods. */
export type ProxyPids = Readonly<Record<ProxyName, readonly [number, ...number[]]>>;

/** Finds the Envoys of the deployed path. */
export async function findDeployedProxies({ server, client }: Meshes): Promise<ProxyPids> {
  const envoys = (kubectl: Meshes["client"]["kubectl"], namespace: string, selector: string) =>
    findInPods({ kubectl, namespace, selector }, "envoy");
  const { ingressGateway, service } = server;
  const { egressGateway } = client;
  return {
    "client sidecar": await envoys(client.kubectl, client.namespace, `app=${TEST_POD}`),
    "egress gateway": await envoys(client.kubectl, egressGateway.namespace, egressGateway.selector),
    "ingress gateway": await envoys(
      server.kubectl,
      ingressGateway.namespace,
      ingressGateway.selector,
    ),
    "server sidecar": await envoys(server.kubectl, service.namespace, `app=${HTTPBIN}`),
  };
}

/** Processor milliseconds of each proxy so far. */
export function readProxyMs(pids: ProxyPids): Readonly<Record<ProxyName, number>> {
  const sum = (name: ProxyName) => pids[name].reduce((ms, pid) => ms + readProcessorMs(pid), 0);
  return {
    "client sidecar": sum("client sidecar"),
    "egress gateway": sum("egress gateway"),
    "ingress gateway": sum("ingress gateway"),
    "server sidecar": sum("server sidecar"),
  };
}
