import type * as pulumi from "@pulumi/pulumi";

import type { ConnectionPolicy } from "./connection-policy";
import { type IstioArgs, IstioResource, type Labels } from "./resource";

/** Mutual TLS with the mesh's own workload certificates. */
export interface IstioMutualClientTls {
  readonly mode: "ISTIO_MUTUAL";
  readonly sni?: pulumi.Input<string>;
}

/** Mutual TLS with a certificate from a Secret. */
export interface MutualClientTls {
  readonly mode: "MUTUAL";
  /** Secret with `tls.crt`, `tls.key` and `ca.crt`, in the gateway pod's namespace. */
  readonly credentialName: pulumi.Input<string>;
  readonly sni: pulumi.Input<string>;
  /** The server's certificate must contain one of these names. Required, because Envoy does not check `sni`. */
  readonly subjectAltNames: pulumi.Input<string>[];
}

/** TLS to a server whose certificate is checked, without a certificate of the client. */
export interface SimpleClientTls {
  readonly mode: "SIMPLE";
  /** Secret with the roots as `cacert`, in the gateway pod's namespace. */
  readonly credentialName: pulumi.Input<string>;
  readonly sni: string;
  /** The server's certificate must contain one of these names. Required, because Envoy does not check `sni`. */
  readonly subjectAltNames: string[];
}

/** No TLS. */
export interface NoTls {
  readonly mode: "DISABLE";
}

/** The fields of DestinationRule (`networking.istio.io/v1`) that this project or a transform sets. */
export interface DestinationRuleSpec {
  readonly host: pulumi.Input<string>;
  /** Namespaces that see the rule. `.` is the rule's own namespace. */
  readonly exportTo: pulumi.Input<pulumi.Input<string>[]>;
  /** Pods to which the rule applies. All pods of its namespace when absent. */
  readonly workloadSelector?: { matchLabels: pulumi.Input<Labels> };
  /** For all subsets, unless a subset sets the same field. */
  readonly trafficPolicy?: ConnectionPolicy & {
    readonly tls?: IstioMutualClientTls | MutualClientTls | SimpleClientTls | NoTls;
  };
  readonly subsets?: {
    readonly name: string;
    readonly trafficPolicy: ConnectionPolicy & { readonly tls?: IstioMutualClientTls };
  }[];
}

/** Arguments of {@link DestinationRule}. */
export type DestinationRuleArgs = IstioArgs<DestinationRuleSpec>;

/**
 * An Istio DestinationRule: how proxies connect to a host.
 *
 * @see https://istio.io/latest/docs/reference/config/networking/destination-rule/
 */
export class DestinationRule extends IstioResource<DestinationRuleSpec> {
  constructor(name: string, args: DestinationRuleArgs, opts?: pulumi.CustomResourceOptions) {
    super("networking.istio.io/v1", "DestinationRule", name, args, opts);
  }
}
