import { type Check, saw } from "../check";
import { output } from "../toolkit/kubectl";
import type { Meshes } from "../meshes";

/** What in a sidecar's configuration leads to the server. */
export interface WaysToServer {
  /** Clusters for one of its hosts, and addresses of it among the endpoints. */
  readonly ways: readonly string[];
  /** Whether the way by the egress gateway is there: else the configuration is not the one to look at. */
  readonly byGateway: boolean;
}

export const sidecarClusters: readonly Check[] = [
  {
    id: 25,
    name: "the sidecar has no cluster of the server",
    expected: "none to its hosts or address, one to the egress gateway",
    async run({ meshes }) {
      const { kubectl, namespace } = meshes.client;
      const dump = await output(kubectl, [
        ...["exec", "-n", namespace, "deploy/client", "-c", "istio-proxy", "--"],
        ...["pilot-agent", "request", "GET", "config_dump?include_eds"],
      ]);
      const { ways, byGateway } = waysToServer(JSON.parse(dump), meshes);
      if (!byGateway) return saw(false, "the sidecar has no cluster to the egress gateway");
      return saw(
        ways.length === 0,
        ways.length === 0 ? "none, and one to the egress gateway" : ways.join(", "),
      );
    },
  },
];

/**
 * Looks for the server in an Envoy's config dump. Names of clusters are read as istiod makes them,
 * `direction|port|subset|host`: the server's host also occurs in what leads to the egress gateway, as SNI and as subset.
 */
export function waysToServer(
  dump: unknown,
  { hosts, ingress, client: { egressGateway } }: Pick<Meshes, "hosts" | "ingress" | "client">,
): WaysToServer {
  const ways = new Set<string>();
  const gateway = `${egressGateway.name}.${egressGateway.namespace}.svc.`;
  let byGateway = false;
  // Listeners and routes know the server's host; only clusters and their endpoints connect to anything.
  for (const section of clusterSections(dump)) {
    walk(section, (key, value) => {
      if (key === "name" || key === "cluster_name" || key === "service_name") {
        const [, , , host = ""] = value.split("|");
        if (hosts.includes(host)) ways.add(`cluster ${value}`);
        if (host.startsWith(gateway)) byGateway = true;
      }
      if (key === "address" && (value === ingress.address || hosts.includes(value))) {
        ways.add(`endpoint ${value}`);
      }
    });
  }
  return { ways: [...ways], byGateway };
}

function clusterSections(dump: unknown): unknown[] {
  const { configs = [] } = dump as { readonly configs?: readonly { readonly "@type"?: string }[] };
  return configs.filter((section) =>
    /\.(Clusters|Endpoints)ConfigDump$/.test(section["@type"] ?? ""),
  );
}

function walk(node: unknown, text: (key: string, value: string) => void): void {
  if (typeof node !== "object" || node === null) return;
  for (const [key, value] of Object.entries(node)) {
    if (typeof value === "string") text(key, value);
    else walk(value, text);
  }
}
