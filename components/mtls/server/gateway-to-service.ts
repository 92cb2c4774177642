import * as k8s from "@pulumi/kubernetes";
import type * as pulumi from "@pulumi/pulumi";

import type { GatewayInput } from "../../istio/gateway-ref";
import {
  DestinationRule,
  type DestinationRuleArgs,
  type IstioMutualClientTls,
  type NoTls,
  type SimpleClientTls,
} from "../../istio/objects/destination-rule";
import type { IstioMetadata } from "../../istio/objects/resource";
import { applyTransform, type Transform } from "../../transform";
import { HTTP2_POOL, SERVICE_POOL, WEBSOCKET_POOL } from "../connection-pools";
import type { ExposedService } from "../exposed-service";
import { WEBSOCKET_SUBSET } from "../websocket";

/** Inputs of {@link gatewayToService}. */
export interface GatewayToServiceArgs {
  readonly metadata: IstioMetadata & { readonly name: string };
  readonly gateway: GatewayInput;
  readonly service: ExposedService;
  /** DNS name of the Service. */
  readonly serviceHost: string;
  readonly transform?: Transform<DestinationRuleArgs> | undefined;
}

/** Makes the gateway connect to a service in the way that the service needs. */
export function gatewayToService(
  name: string,
  { metadata, gateway, service, serviceHost, transform }: GatewayToServiceArgs,
  opts: pulumi.CustomResourceOptions,
): DestinationRule {
  const tls = serviceTls(`${name}-ca`, { metadata, service }, opts);
  return new DestinationRule(
    name,
    applyTransform(transform, name, {
      metadata,
      spec: {
        host: serviceHost,
        exportTo: ["."],
        // Only a gateway can read the roots.
        ...(tls.mode === "SIMPLE" && { workloadSelector: { matchLabels: gateway.labels } }),
        trafficPolicy: { connectionPool: service.http2 ? HTTP2_POOL : SERVICE_POOL, tls },
        ...(service.http2 && {
          subsets: [{ name: WEBSOCKET_SUBSET, trafficPolicy: { connectionPool: WEBSOCKET_POOL } }],
        }),
      },
    }),
    opts,
  );
}

function serviceTls(
  name: string,
  { metadata, service }: Pick<GatewayToServiceArgs, "metadata" | "service">,
  opts: pulumi.CustomResourceOptions,
): IstioMutualClientTls | SimpleClientTls | NoTls {
  if (service.tls === "none") return { mode: "DISABLE" };
  if (service.tlsCaPem === undefined) return { mode: "ISTIO_MUTUAL" };
  const serverName = service.tlsName ?? `${service.service}.${service.namespace}.svc`;
  const roots = new k8s.core.v1.Secret(
    name,
    {
      metadata: { ...metadata, name: `${metadata.name}-ca` },
      stringData: { cacert: service.tlsCaPem },
    },
    opts,
  );
  return {
    mode: "SIMPLE",
    credentialName: roots.metadata.name,
    sni: serverName,
    subjectAltNames: [serverName],
  };
}
