import type * as pulumi from "@pulumi/pulumi";

import type { GatewayInput } from "../../istio/gateway-ref";
import { AuthorizationPolicy } from "../../istio/objects/authorization-policy";
import type { IstioMetadata } from "../../istio/objects/resource";
import { hostMatches } from "../host-matches";

/** Inputs of {@link refuseByDefault}. */
export interface DefaultPolicyArgs {
  readonly metadata: IstioMetadata;
  readonly gateway: GatewayInput;
}

/**
 * Refuses every request that no other policy allows. Without it, a gateway on which no ALLOW policy is left would let
 * all requests pass, for example when every client is suspended.
 *
 * @see https://istio.io/latest/docs/ops/best-practices/security/#use-default-deny-patterns
 */
export function refuseByDefault(
  name: string,
  { metadata, gateway }: DefaultPolicyArgs,
  opts: pulumi.CustomResourceOptions,
): AuthorizationPolicy {
  return new AuthorizationPolicy(
    name,
    { metadata, spec: { selector: { matchLabels: gateway.labels }, action: "ALLOW" } },
    opts,
  );
}

/** Inputs of {@link clientPolicy}. */
export interface ClientPolicyArgs extends DefaultPolicyArgs {
  /** Identity of the client. */
  readonly principal: string;
  /** Hosts that the client may call. */
  readonly hosts: readonly string[];
  readonly suspended: boolean;
}

/**
 * Allows a client's requests to its hosts, or refuses all its requests while it is suspended. Each client has its own
 * policy, so a change of one client changes no object of another. Suspending turns the action of the same object: the
 * client loses its permission at the moment when the refusal starts.
 */
export function clientPolicy(
  name: string,
  { metadata, gateway, principal, hosts, suspended }: ClientPolicyArgs,
  opts: pulumi.CustomResourceOptions,
): AuthorizationPolicy {
  const from = [{ source: { principals: [principal] } }];
  return new AuthorizationPolicy(
    name,
    {
      metadata,
      spec: {
        selector: { matchLabels: gateway.labels },
        ...(suspended
          ? { action: "DENY", rules: [{ from }] }
          : {
              action: "ALLOW",
              rules: [{ from, to: [{ operation: { hosts: hostMatches(hosts) } }] }],
            }),
      },
    },
    opts,
  );
}
