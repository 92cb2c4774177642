import type * as pulumi from "@pulumi/pulumi";

import { DestinationRule, type DestinationRuleArgs } from "../../istio/objects/destination-rule";
import type { IstioMetadata } from "../../istio/objects/resource";
import { applyTransform, type Transform } from "../../transform";
import { SERVICE_POOL } from "../connection-pools";

/** Inputs of {@link gatewayToService}. */
export interface GatewayToServiceArgs {
  readonly metadata: IstioMetadata;
  /** DNS name of the Service. */
  readonly serviceHost: string;
  readonly transform?: Transform<DestinationRuleArgs> | undefined;
}

/** Makes the gateway connect to a service by the mesh's own mutual TLS. */
export function gatewayToService(
  name: string,
  { metadata, serviceHost, transform }: GatewayToServiceArgs,
  opts: pulumi.CustomResourceOptions,
): DestinationRule {
  return new DestinationRule(
    name,
    applyTransform(transform, name, {
      metadata,
      spec: {
        host: serviceHost,
        exportTo: ["."],
        trafficPolicy: { connectionPool: SERVICE_POOL, tls: { mode: "ISTIO_MUTUAL" } },
      },
    }),
    opts,
  );
}
