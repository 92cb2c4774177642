/** The DNS domain of a cluster, unless its operator has chosen another. */
export const CLUSTER_DOMAIN = "cluster.local";
