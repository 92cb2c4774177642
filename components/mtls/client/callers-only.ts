import type * as pulumi from "@pulumi/pulumi";

import type { GatewayInput } from "../../istio/gateway-ref";
import { AuthorizationPolicy } from "../../istio/objects/authorization-policy";
import type { IstioMetadata } from "../../istio/objects/resource";
import type { Caller } from "../caller";
import { hostMatches } from "../host-matches";

/** Inputs of {@link callersOnly}. */
export interface CallersOnlyArgs {
  readonly metadata: IstioMetadata;
  readonly gateway: GatewayInput;
  /** Hosts that the policy protects. */
  readonly hosts: readonly string[];
  /** Who may call which of the hosts. */
  readonly callers: readonly Caller[];
}

/**
 * Makes the gateway refuse requests to the hosts, unless a caller of the host sends them. The policy is a DENY, because
 * an ALLOW would also refuse what other users of a shared gateway send. It needs every sender to have an identity, and
 * the listener's mutual TLS provides it.
 */
export function callersOnly(
  name: string,
  { metadata, gateway, hosts, callers }: CallersOnlyArgs,
  opts: pulumi.CustomResourceOptions,
): AuthorizationPolicy {
  return new AuthorizationPolicy(
    name,
    {
      metadata,
      spec: {
        selector: { matchLabels: gateway.labels },
        action: "DENY",
        rules: groupByCallers(hosts, callers).map((group) => ({
          // To Istio, an empty list of identities means no condition, as no list does: everyone is refused.
          ...(group.callers.length > 0 && {
            from: [{ source: { notPrincipals: group.callers.map(({ principal }) => principal) } }],
          }),
          to: [{ operation: { hosts: hostMatches(group.hosts) } }],
        })),
      },
    },
    opts,
  );
}

interface HostsOfCallers {
  readonly callers: readonly Caller[];
  readonly hosts: string[];
}

/** The hosts in groups that the same callers may call. */
function groupByCallers(
  hosts: readonly string[],
  callers: readonly Caller[],
): readonly HostsOfCallers[] {
  const groups = new Map<string, HostsOfCallers>();
  for (const host of hosts) {
    const admitted = callers.filter((each) => each.hosts?.includes(host) ?? true);
    const key = admitted.map((each) => callers.indexOf(each)).join();
    const group = groups.get(key) ?? { callers: admitted, hosts: [] };
    group.hosts.push(host);
    groups.set(key, group);
  }
  return [...groups.values()];
}
