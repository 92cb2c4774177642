import type * as pulumi from "@pulumi/pulumi";

import type { GatewayInput } from "../../istio/gateway-ref";
import { AuthorizationPolicy } from "../../istio/objects/authorization-policy";
import type { IstioMetadata } from "../../istio/objects/resource";
import { hostMatches } from "../host-matches";

/** Inputs of {@link admission}. */
export interface AdmissionArgs {
  readonly metadata: IstioMetadata;
  readonly gateway: GatewayInput;
  /** Hosts that clients call. */
  readonly hosts: readonly string[];
  /** Identities of the admitted clients. */
  readonly principals: readonly string[];
}

/** Allows only requests from admitted identities to these hosts. */
export function admission(
  name: string,
  { metadata, gateway, hosts, principals }: AdmissionArgs,
  opts: pulumi.CustomResourceOptions,
): AuthorizationPolicy {
  return new AuthorizationPolicy(
    name,
    {
      metadata,
      spec: {
        selector: { matchLabels: gateway.labels },
        action: "ALLOW",
        rules: [
          {
            from: [{ source: { principals: [...principals] } }],
            to: [{ operation: { hosts: hostMatches(hosts) } }],
          },
        ],
      },
    },
    opts,
  );
}
