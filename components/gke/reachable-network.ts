import type * as pulumi from "@pulumi/pulumi";

import type { ReachableNetwork } from "./cluster-network";
import { ExistingNetwork } from "./existing-network";
import { existingNetwork } from "./existing-network-settings";
import { Network, type NetworkArgs } from "./network";
import type { GkeSettings } from "./settings";

/** The network of a cluster: an existing one if the settings name it, otherwise a new one. */
export function reachableNetwork(
  name: string,
  args: NetworkArgs & Pick<GkeSettings, "existingNetwork">,
  opts: pulumi.ComponentResourceOptions,
): ReachableNetwork {
  if (args.existingNetwork === undefined) return new Network(name, args, opts);
  return new ExistingNetwork(
    name,
    { ...args, existingNetwork: existingNetwork.parse(args.existingNetwork) },
    opts,
  );
}
