import * as gcp from "@pulumi/gcp";
import type * as pulumi from "@pulumi/pulumi";

/** Ports that each node has from the start, a power of two. */
const MIN_PORTS = 128;
/** Nodes that one address has ports for; some half of them beside a node that has taken as many as it may. */
export const MOST_NODES = Math.floor(64_512 / MIN_PORTS);

/** Where a NAT gateway is. */
export interface NatArgs {
  readonly project: string;
  readonly region: string;
  readonly networkId: pulumi.Input<string>;
  readonly subnetId: pulumi.Input<string>;
}

/**
 * Lets the subnet's nodes and pods out by one reserved address, and returns it: whoever they call can name it in a
 * list of allowed sources, and it outlives every node.
 *
 * @see https://cloud.google.com/nat/docs/gke-example
 */
export function cloudNat(
  parent: pulumi.Resource,
  name: string,
  args: NatArgs,
): pulumi.Output<string> {
  const { project, region } = args;
  const router = new gcp.compute.Router(
    `${name}-router`,
    { project, region, network: args.networkId },
    { parent },
  );
  const address = new gcp.compute.Address(
    `${name}-address`,
    { project, region, addressType: "EXTERNAL", networkTier: "PREMIUM" },
    // The address must not come before the API, which the network has waited for.
    { parent, dependsOn: router },
  );
  new gcp.compute.RouterNat(
    `${name}-gateway`,
    {
      project,
      region,
      router: router.name,
      natIpAllocateOption: "MANUAL_ONLY",
      natIps: [address.selfLink],
      sourceSubnetworkIpRangesToNat: "LIST_OF_SUBNETWORKS",
      subnetworks: [{ name: args.subnetId, sourceIpRangesToNats: ["ALL_IP_RANGES"] }],
      // An egress gateway opens many connections to one and the same server, and each needs a port of its own:
      // https://cloud.google.com/nat/docs/ports-and-addresses
      enableDynamicPortAllocation: true,
      minPortsPerVm: MIN_PORTS,
      maxPortsPerVm: 32_768,
      logConfig: { enable: true, filter: "ERRORS_ONLY" },
    },
    { parent },
  );
  return address.address;
}
