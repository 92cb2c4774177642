/**
 * The lab's address plan: two sites, each a cluster of one node behind a public address, and between them an
 * internet that forwards public addresses alone (documentation ranges, RFC 5737).
 */
export interface Site {
  readonly name: SiteName;
  readonly nodeName: string;
  /** Path of the node's network namespace. */
  readonly netns: string;
  /** Where the lab's own processes reach the API server; the node's InternalIP. */
  readonly management: Link;
  /** The node's side to the internet; the node's ExternalIP, and the source of all that leaves the cluster. */
  readonly public: Link;
  /** Addresses for Services of type LoadBalancer, routed to the node's public address. */
  readonly loadBalancerCIDR: string;
  readonly podCIDR: string;
  readonly serviceCIDR: string;
  readonly clusterDNS: string;
}

/** A point-to-point link between the lab's root network namespace and a node. */
export interface Link {
  readonly router: string;
  readonly node: string;
  readonly prefix: number;
  readonly cidr: string;
  /** Interface names on both sides. */
  readonly routerDevice: string;
  readonly nodeDevice: string;
}

export type SiteName = "server" | "client";

function createSite(name: SiteName, number: number, publicNet: string): Site {
  return {
    name,
    nodeName: `${name}-node`,
    netns: `/run/netns/${name}-node`,
    management: {
      router: `172.30.${number}.1`,
      node: `172.30.${number}.2`,
      prefix: 30,
      cidr: `172.30.${number}.0/30`,
      routerDevice: `mgmt-${name}`,
      nodeDevice: "mgmt",
    },
    public: {
      router: `${publicNet}.1`,
      node: `${publicNet}.10`,
      prefix: 24,
      cidr: `${publicNet}.0/24`,
      routerDevice: `public-${name}`,
      nodeDevice: "public",
    },
    loadBalancerCIDR: `${publicNet}.64/26`,
    podCIDR: `10.${number}.0.0/24`,
    serviceCIDR: `10.10${number}.0.0/16`,
    clusterDNS: `10.10${number}.0.10`,
  };
}

export const SITES: Readonly<Record<SiteName, Site>> = {
  server: createSite("server", 1, "203.0.113"),
  client: createSite("client", 2, "198.51.100"),
};

export const CLUSTER_DOMAIN = "cluster.local";
