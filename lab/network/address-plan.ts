/**
 * A site of the lab: a cluster with one node behind a public address. Between the sites is an internet that forwards only
 * public addresses (documentation ranges, RFC 5737).
 */
export interface Site {
  readonly name: SiteName;
  readonly nodeName: string;
  /** Path of the node's network namespace. */
  readonly netns: string;
  /** The link through which the lab's processes reach the API server; its address is the node's InternalIP. */
  readonly management: Link;
  /** The link to the internet; its address is the node's ExternalIP and the source of all outgoing traffic. */
  readonly public: Link;
  /** Address range for Services of type LoadBalancer, routed to the node's public address. */
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
  /** Name of the network interface on each side. */
  readonly routerDevice: string;
  readonly nodeDevice: string;
}

export const SITE_NAMES = ["server", "client"] as const;
export type SiteName = (typeof SITE_NAMES)[number];

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
