import type * as pulumi from "@pulumi/pulumi";

import { DestinationRule, type DestinationRuleArgs } from "../../istio/objects/destination-rule";
import type { IstioMetadata } from "../../istio/objects/resource";
import { applyTransform, type Transform } from "../../transform";
import { hostSlug } from "../host-slug";

/** Inputs of {@link sidecarToGateway}. */
export interface SidecarToGatewayArgs {
  readonly metadata: IstioMetadata;
  /** DNS name of the gateway's Service. */
  readonly gatewayHost: pulumi.Input<string>;
  /** Hosts that applications call. */
  readonly hosts: readonly string[];
  readonly transform?: Transform<DestinationRuleArgs> | undefined;
}

/** Makes sidecars connect to the gateway by the mesh's own mutual TLS, with the called host as SNI. */
export function sidecarToGateway(
  name: string,
  { metadata, gatewayHost, hosts, transform }: SidecarToGatewayArgs,
  opts: pulumi.CustomResourceOptions,
): DestinationRule {
  return new DestinationRule(
    name,
    applyTransform(transform, name, {
      metadata,
      spec: {
        host: gatewayHost,
        exportTo: ["."],
        subsets: hosts.map((host) => ({
          name: hostSlug(host),
          trafficPolicy: { tls: { mode: "ISTIO_MUTUAL", sni: host } },
        })),
      },
    }),
    opts,
  );
}
