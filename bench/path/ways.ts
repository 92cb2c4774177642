import { GATEWAY_PORT } from "../../components/istio/gateway-port";
import { HTTPBIN_POD_PORT } from "../../components/samples/names";
import type { RunningLab } from "../in-lab";
import type { Way } from "./measure";
import { findDeployedProxies, type ProxyPids } from "./proxies";
import { STATIC_PORTS, type StaticChain } from "./static-chain";

/** Path of httpbin with a small answer. */
export const SMALL_ANSWER = "/headers";

export const DEPLOYED = "deployed";
export const STATIC = "static chain";
export const DIRECT = "direct";

/** An address that no host has. The sidecar intercepts connections to it, and routes requests by their host. */
const ANY_ADDRESS = "198.51.100.200";

/** The deployed path, with its proxies. */
export interface DeployedWay extends Way {
  readonly pids: ProxyPids;
}

/** The way of the deployed program: from the client pod through both meshes. */
export async function deployedWay({ meshes }: RunningLab): Promise<DeployedWay> {
  const { hosts } = meshes;
  const pids = await findDeployedProxies(meshes);
  const [pid] = pids["client sidecar"];
  return {
    name: DEPLOYED,
    origin: `http://${hosts[0]}`,
    connectTo: `${hosts[0]}:80:${ANY_ADDRESS}:80`,
    netns: `/proc/${pid}/ns/net`,
    pids,
    proxyPorts: [GATEWAY_PORT, HTTPBIN_POD_PORT],
  };
}

/** The ways to which it is compared. */
export function otherWays({ entry, httpbin, pids }: StaticChain): readonly [Way, Way] {
  return [
    {
      name: STATIC,
      origin: `http://${entry.address}:${entry.port}`,
      netns: entry.netns,
      pids,
      proxyPorts: Object.values(STATIC_PORTS),
    },
    { name: DIRECT, origin: `http://${httpbin.address}:${httpbin.port}`, netns: httpbin.netns },
  ];
}
