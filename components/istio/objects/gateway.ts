import type * as pulumi from "@pulumi/pulumi";

import { type IstioArgs, IstioResource, type Labels } from "./resource";

/** Lowest TLS version that a listener accepts, in Istio's words. */
export type TlsProtocol = "TLSV1_2" | "TLSV1_3";

/** TLS of a listener that demands a client certificate. */
export interface MutualTls {
  readonly mode: "MUTUAL";
  /** Secret with `tls.crt`, `tls.key` and `ca.crt`, in the gateway pod's namespace. */
  readonly credentialName: pulumi.Input<string>;
  /** Names of which the client's certificate must carry one (exact match). */
  readonly subjectAltNames: pulumi.Input<string>[];
  readonly minProtocolVersion: TlsProtocol;
}

/** TLS of a listener for the workloads of its own mesh. */
export interface IstioMutualTls {
  readonly mode: "ISTIO_MUTUAL";
}

/** The part of `networking.istio.io/v1` Gateway that this program writes. */
export interface GatewaySpec {
  readonly selector: pulumi.Input<Labels>;
  readonly servers: {
    readonly port: { number: number; name: string; protocol: "HTTPS" };
    readonly hosts: pulumi.Input<string>[];
    readonly tls: MutualTls | IstioMutualTls;
  }[];
}

/**
 * An Istio Gateway: the listeners of a gateway's Envoy.
 *
 * @see https://istio.io/latest/docs/reference/config/networking/gateway/
 */
export class Gateway extends IstioResource<GatewaySpec> {
  constructor(name: string, args: IstioArgs<GatewaySpec>, opts?: pulumi.CustomResourceOptions) {
    super("networking.istio.io/v1", "Gateway", name, args, opts);
  }
}
