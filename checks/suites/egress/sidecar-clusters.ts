import type { Check } from "../../check";
import type { Meshes } from "../../meshes";
import { requireOutput } from "../../toolkit/kubectl";
import { PROXY_CONTAINER } from "../../toolkit/pods/container";

/** Where a sidecar's configuration leads. */
export interface SidecarRoutes {
  /** Clusters for the server's hosts, and endpoints with its address. */
  readonly direct: readonly string[];
  /** Whether a cluster leads to the egress gateway. If none does, this is not the expected configuration. */
  readonly viaGateway: boolean;
}

export const sidecarClusters: readonly Check[] = [
  {
    slug: "egress/no-sidecar-cluster",
    title: "clusters of the server in the sidecar",
    requirement: "no-direct-connection",
    expected: "no cluster for the server, one for the egress gateway",
    why: "The sidecar knows no way to the server except the egress gateway.",
    threat:
      "Istio gives every sidecar a cluster for a registered host, and requests go to the server in plaintext.",
    async run({ meshes }) {
      const { kubectl, namespace } = meshes.client;
      const dump = await requireOutput(kubectl, [
        ...["exec", "-n", namespace, "deploy/client", "-c", PROXY_CONTAINER, "--"],
        ...["pilot-agent", "request", "GET", "config_dump?include_eds"],
      ]);
      const { direct, viaGateway } = findRoutes(JSON.parse(dump), meshes);
      if (!viaGateway) {
        return { pass: false, observed: "the sidecar has no cluster for the egress gateway" };
      }
      return {
        pass: direct.length === 0,
        observed:
          direct.length === 0
            ? "no cluster for the server, one for the egress gateway"
            : direct.join(", "),
      };
    },
  },
];

/**
 * Finds the server in Envoy's config dump. Compares the host part of cluster names (`direction|port|subset|host`), because
 * the clusters of the egress gateway contain the server's host too, as SNI and as subset.
 */
export function findRoutes(
  dump: unknown,
  { hosts, ingress, client: { egressGateway } }: Pick<Meshes, "hosts" | "ingress" | "client">,
): SidecarRoutes {
  const direct = new Set<string>();
  const gatewayHost = `${egressGateway.name}.${egressGateway.namespace}.svc.`;
  let viaGateway = false;
  // Listeners and routes contain the server's host as well, but only clusters and endpoints open connections.
  for (const section of clusterSections(dump)) {
    visitStrings(section, (key, value) => {
      if (key === "name" || key === "cluster_name" || key === "service_name") {
        const [, , , host = ""] = value.split("|");
        if (hosts.includes(host)) direct.add(`cluster ${value}`);
        if (host.startsWith(gatewayHost)) viaGateway = true;
      }
      if (key === "address" && (value === ingress.address || hosts.includes(value))) {
        direct.add(`endpoint ${value}`);
      }
    });
  }
  return { direct: [...direct], viaGateway };
}

function clusterSections(dump: unknown): unknown[] {
  const { configs = [] } = dump as { readonly configs?: readonly { readonly "@type"?: string }[] };
  return configs.filter((section) =>
    /\.(Clusters|Endpoints)ConfigDump$/.test(section["@type"] ?? ""),
  );
}

function visitStrings(node: unknown, visit: (key: string, value: string) => void): void {
  if (typeof node !== "object" || node === null) return;
  for (const [key, value] of Object.entries(node)) {
    if (typeof value === "string") visit(key, value);
    else visitStrings(value, visit);
  }
}
