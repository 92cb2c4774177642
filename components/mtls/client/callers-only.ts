import type * as pulumi from "@pulumi/pulumi";

import type { GatewayInput } from "../../istio/gateway-ref";
import { AuthorizationPolicy } from "../../istio/objects/authorization-policy";
import type { IstioMetadata } from "../../istio/objects/resource";
import { hostMatches } from "../host-matches";

/** Inputs of {@link callersOnly}. */
export interface CallersOnlyArgs {
  readonly metadata: IstioMetadata;
  readonly gateway: GatewayInput;
  /** Hosts that the policy protects. */
  readonly hosts: readonly string[];
  /** Identities that may call the hosts. */
  readonly callers: readonly pulumi.Input<string>[];
}

/**
 * Makes the gateway refuse requests to the hosts, unless a caller sends them. The policy is a DENY, because an ALLOW
 * would also refuse what other users of a shared gateway send. It needs every sender to have an identity, and the
 * listener's mutual TLS provides it.
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
        rules: [
          {
            from: [{ source: { notPrincipals: [...callers] } }],
            to: [{ operation: { hosts: hostMatches(hosts) } }],
          },
        ],
      },
    },
    opts,
  );
}
