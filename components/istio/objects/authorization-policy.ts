import type * as pulumi from "@pulumi/pulumi";

import { type IstioArgs, IstioResource, type Labels } from "./resource";

/** Who sends a request: identities without `spiffe://`. */
export interface Source {
  readonly principals?: pulumi.Input<string>[];
  readonly notPrincipals?: pulumi.Input<string>[];
}

/** The fields of AuthorizationPolicy (`security.istio.io/v1`) that this project sets. */
export interface AuthorizationPolicySpec {
  readonly selector: { matchLabels: pulumi.Input<Labels> };
  readonly action: "ALLOW" | "DENY";
  /** Requests that the policy is about. Without rules, it is about none. */
  readonly rules?: {
    /** All sources when absent. */
    readonly from?: { source: Source }[];
    /** All requests of these sources when absent. */
    readonly to?: { operation: { hosts: pulumi.Input<string>[] } }[];
  }[];
}

/**
 * An Istio AuthorizationPolicy.
 *
 * @see https://istio.io/latest/docs/reference/config/security/authorization-policy/
 */
export class AuthorizationPolicy extends IstioResource<AuthorizationPolicySpec> {
  constructor(
    name: string,
    args: IstioArgs<AuthorizationPolicySpec>,
    opts?: pulumi.CustomResourceOptions,
  ) {
    super("security.istio.io/v1", "AuthorizationPolicy", name, args, opts);
  }
}
