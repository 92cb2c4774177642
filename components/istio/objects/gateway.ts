import type * as pulumi from "@pulumi/pulumi";

import { type IstioArgs, IstioResource, type Labels } from "./resource";

/** Minimum TLS version of a listener, as Istio spells it. */
export type TlsProtocol = "TLSV1_2" | "TLSV1_3";

/** TLS of a listener that requires a client certificate. */
export interface MutualTls {
  readonly mode: "MUTUAL";
  /** Secret with `tls.crt`, `tls.key` and `ca.crt`, in the gateway pod's namespace. */
  readonly credentialName: pulumi.Input<string>;
  /** The client's certificate must contain one of these names (exact match). */
  readonly subjectAltNames: pulumi.Input<string>[];
  readonly minProtocolVersion: TlsProtocol;
  /** Cipher suites for TLS 1.2. They have no effect on TLS 1.3. */
  readonly cipherSuites?: string[];
}

/** TLS of a listener for the workloads of its own mesh. */
export interface IstioMutualTls {
  readonly mode: "ISTIO_MUTUAL";
}

/** The fields of Gateway (`networking.istio.io/v1`) that this project or a transform sets. */
export interface GatewaySpec {
  readonly selector: pulumi.Input<Labels>;
  readonly servers: {
    readonly port: { number: number; name: string; protocol: "HTTPS" };
    readonly hosts: pulumi.Input<string>[];
    readonly tls: MutualTls | IstioMutualTls;
  }[];
}

/** Arguments of {@link Gateway}. */
export type GatewayArgs = IstioArgs<GatewaySpec>;

/**
 * An Istio Gateway: the listeners of a gateway's Envoy.
 *
 * @see https://istio.io/latest/docs/reference/config/networking/gateway/
 */
export class Gateway extends IstioResource<GatewaySpec> {
  constructor(name: string, args: GatewayArgs, opts?: pulumi.CustomResourceOptions) {
    super("networking.istio.io/v1", "Gateway", name, args, opts);
  }
}
