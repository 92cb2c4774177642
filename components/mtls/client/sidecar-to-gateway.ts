import type * as pulumi from "@pulumi/pulumi";

import { DestinationRule, type DestinationRuleArgs } from "../../istio/objects/destination-rule";
import type { IstioMetadata } from "../../istio/objects/resource";
import { applyTransform, type Transform } from "../../transform";
import { HTTP2_POOL, WEBSOCKET_POOL } from "../connection-pools";
import { hostSlug } from "../host-slug";
import { websocketSubset } from "../websocket";

/** Inputs of {@link sidecarToGateway}. */
export interface SidecarToGatewayArgs {
  readonly metadata: IstioMetadata;
  /** DNS name of the gateway's Service. */
  readonly gatewayHost: pulumi.Input<string>;
  /** Hosts that applications call. */
  readonly hosts: readonly string[];
  /** Namespaces that see the rule. */
  readonly exportTo: pulumi.Input<string[]>;
  readonly transform?: Transform<DestinationRuleArgs> | undefined;
}

/** Makes sidecars connect to the gateway by the mesh's own mutual TLS, with the called host as SNI. */
export function sidecarToGateway(
  name: string,
  { metadata, gatewayHost, hosts, exportTo, transform }: SidecarToGatewayArgs,
  opts: pulumi.CustomResourceOptions,
): DestinationRule {
  return new DestinationRule(
    name,
    applyTransform(transform, name, {
      metadata,
      spec: {
        host: gatewayHost,
        exportTo,
        subsets: hosts.flatMap((host) => {
          const tls = { mode: "ISTIO_MUTUAL", sni: host } as const;
          return [
            { name: hostSlug(host), trafficPolicy: { connectionPool: HTTP2_POOL, tls } },
            { name: websocketSubset(host), trafficPolicy: { connectionPool: WEBSOCKET_POOL, tls } },
          ];
        }),
      },
    }),
    opts,
  );
}
