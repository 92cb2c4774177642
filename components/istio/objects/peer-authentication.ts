import type * as pulumi from "@pulumi/pulumi";

import { type IstioArgs, IstioResource } from "./resource";

/** The fields of PeerAuthentication (`security.istio.io/v1`) that this project sets. */
export interface PeerAuthenticationSpec {
  readonly mtls: { mode: "STRICT" };
}

/**
 * An Istio PeerAuthentication. In the root namespace it applies to the whole mesh.
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
