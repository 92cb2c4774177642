import type * as pulumi from "@pulumi/pulumi";

import { type IstioArgs, IstioResource } from "./resource";

/** The part of `security.istio.io/v1` PeerAuthentication that this program writes. */
export interface PeerAuthenticationSpec {
  readonly mtls: { mode: "STRICT" };
}

/**
 * An Istio PeerAuthentication; in the root namespace it holds for the whole mesh.
 *
 * @see https://istio.io/latest/docs/reference/config/security/peer_authentication/
 */
export class PeerAuthentication extends IstioResource<PeerAuthenticationSpec> {
  constructor(
    name: string,
    args: IstioArgs<PeerAuthenticationSpec>,
    opts?: pulumi.CustomResourceOptions,
  ) {
    super("security.istio.io/v1", "PeerAuthentication", name, args, opts);
  }
}
