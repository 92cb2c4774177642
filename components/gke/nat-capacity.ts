/** Ports that Cloud NAT reserves for each node from the start. Must be a power of two. */
export const MIN_PORTS_PER_NODE = 128;
/** Ports that one node may use. */
export const MAX_PORTS_PER_NODE = 32_768;

/** Source ports that Cloud NAT has per address. */
const PORTS_PER_ADDRESS = 64_512;

/**
 * Nodes for which one NAT address has ports.
 *
 * @see https://cloud.google.com/nat/docs/ports-and-addresses
 */
export const MAX_NODES = Math.floor(PORTS_PER_ADDRESS / MIN_PORTS_PER_NODE);
