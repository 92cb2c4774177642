import type * as pulumi from "@pulumi/pulumi";

import type { ReachableNetwork } from "./cluster-network";
import { ExistingNetwork } from "./existing-network";
import { Network, type NetworkArgs } from "./network";
import type { GkeSettings } from "./settings";

/** The network of a cluster: an existing one if the settings name it, otherwise a new one. */
export function reachableNetwork(
  name: string,
  args: NetworkArgs & Pick<GkeSettings, "existingNetwork">,
  opts: pulumi.ComponentResourceOptions,
): ReachableNetwork {
  const { existingNetwork } = args;
  return existingNetwork === undefined
    ? new Network(name, args, opts)
    : new ExistingNetwork(name, { ...args, existingNetwork }, opts);
}
