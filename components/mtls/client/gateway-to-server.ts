import type * as pulumi from "@pulumi/pulumi";

import type { GatewayInput } from "../../istio/gateway-ref";
import { DestinationRule, type DestinationRuleArgs } from "../../istio/objects/destination-rule";
import type { IstioMetadata } from "../../istio/objects/resource";
import { applyTransform, type Transform } from "../../transform";
import { HTTP2_POOL, WEBSOCKET_POOL } from "../connection-pools";
import { addressFailover } from "./address-failover";
import { WEBSOCKET_SUBSET } from "../websocket";

/** Inputs of {@link gatewayToServer}. */
export interface GatewayToServerArgs {
  readonly metadata: IstioMetadata;
  readonly gateway: GatewayInput;
  /** Host that the server's certificate must contain. */
  readonly host: string;
  /** Name of the Secret with the client's certificate. */
  readonly credentialName: pulumi.Input<string>;
  /** Number of the server's addresses. */
  readonly addresses: number;
  readonly transform?: Transform<DestinationRuleArgs> | undefined;
}

/** Makes the gateway, and no other pod, originate mutual TLS to the server with the client's certificate. */
export function gatewayToServer(
  name: string,
  { metadata, gateway, host, credentialName, addresses, transform }: GatewayToServerArgs,
  opts: pulumi.CustomResourceOptions,
): DestinationRule {
  const outlierDetection = addressFailover(addresses);
  return new DestinationRule(
    name,
    applyTransform(transform, name, {
      metadata,
      spec: {
        host,
        exportTo: ["."],
        workloadSelector: { matchLabels: gateway.labels },
        trafficPolicy: {
          connectionPool: HTTP2_POOL,
          ...(outlierDetection && { outlierDetection }),
          tls: { mode: "MUTUAL", credentialName, sni: host, subjectAltNames: [host] },
        },
        subsets: [{ name: WEBSOCKET_SUBSET, trafficPolicy: { connectionPool: WEBSOCKET_POOL } }],
      },
    }),
    opts,
  );
}
