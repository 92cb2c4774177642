import * as gcp from "@pulumi/gcp";
import type * as pulumi from "@pulumi/pulumi";

import { MAX_PORTS_PER_NODE, MIN_PORTS_PER_NODE } from "./nat-capacity";
import { staticAddress } from "./static-address";

/** Inputs of {@link cloudNat}. */
export interface CloudNatArgs {
  /** Project ID. */
  readonly project: string;
  /** Region (name). */
  readonly region: string;
  /** The VPC network (ID). */
  readonly networkId: pulumi.Input<string>;
  /** The subnet whose nodes and pods use the gateway (ID). */
  readonly subnetId: pulumi.Input<string>;
}

/**
 * A NAT gateway for the subnet's nodes and pods. It returns the one static address (IPv4) that all their connections to
 * the internet come from. Servers can allow this address: it does not change when nodes are replaced.
 *
 * @see https://cloud.google.com/nat/docs/gke-example
 */
export function cloudNat(
  name: string,
  { project, region, networkId, subnetId }: CloudNatArgs,
  opts: pulumi.CustomResourceOptions,
): pulumi.Output<string> {
  const router = new gcp.compute.Router(
    `${name}-router`,
    { project, region, network: networkId },
    opts,
  );
  const address = staticAddress(
    `${name}-address`,
    { project, region },
    // The address needs the API, which the router already waited for.
    { ...opts, dependsOn: router },
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
      subnetworks: [{ name: subnetId, sourceIpRangesToNats: ["ALL_IP_RANGES"] }],
      // An egress gateway opens many connections to one server, and each connection needs its own port:
      // https://cloud.google.com/nat/docs/ports-and-addresses
      enableDynamicPortAllocation: true,
      minPortsPerVm: MIN_PORTS_PER_NODE,
      maxPortsPerVm: MAX_PORTS_PER_NODE,
      logConfig: { enable: true, filter: "ERRORS_ONLY" },
    },
    opts,
  );
  return address.address;
}
