import { TEST_POD, HTTPBIN } from "../../components/samples/names";
import type { Meshes } from "../../checks/meshes";
import { readProcessorMs } from "../processes";
import { findInPods, type PodSelection } from "./pods";

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

/** The pods of the deployed proxies. */
export function selectProxies({
  server,
  client,
}: Meshes): Readonly<Record<ProxyName, PodSelection>> {
  const { ingressGateway, service } = server;
  const { egressGateway, namespace } = client;
  const inServer = { kubectl: server.kubectl };
  const inClient = { kubectl: client.kubectl };
  return {
    "client sidecar": { ...inClient, namespace, selector: `app=${TEST_POD}` },
    "egress gateway": { ...inClient, ...egressGateway },
    "ingress gateway": { ...inServer, ...ingressGateway },
    "server sidecar": {
      ...inServer,
      ...{ namespace: service.namespace, selector: `app=${HTTPBIN}` },
    },
  };
}

/** Finds the Envoys of the deployed path. */
export async function findDeployedProxies(meshes: Meshes): Promise<ProxyPids> {
  const selections = selectProxies(meshes);
  const envoys = (name: ProxyName) => findInPods(selections[name], "envoy");
  return {
    "client sidecar": await envoys("client sidecar"),
    "egress gateway": await envoys("egress gateway"),
    "ingress gateway": await envoys("ingress gateway"),
    "server sidecar": await envoys("server sidecar"),
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
