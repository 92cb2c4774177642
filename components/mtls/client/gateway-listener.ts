import type * as pulumi from "@pulumi/pulumi";

import { GATEWAY_PORT } from "../../istio/gateway-port";
import type { GatewayInput } from "../../istio/gateway-ref";
import { Gateway, type GatewayArgs } from "../../istio/objects/gateway";
import type { IstioMetadata } from "../../istio/objects/resource";
import { applyTransform, type Transform } from "../../transform";

/** Inputs of {@link gatewayListener}. */
export interface GatewayListenerArgs {
  readonly metadata: IstioMetadata;
  readonly gateway: GatewayInput;
  /** Hosts that applications call. */
  readonly hosts: readonly string[];
  readonly transform?: Transform<GatewayArgs> | undefined;
}

/** The egress gateway's listener for the sidecars of its own mesh. */
export function gatewayListener(
  name: string,
  { metadata, gateway, hosts, transform }: GatewayListenerArgs,
  opts: pulumi.CustomResourceOptions,
): Gateway {
  return new Gateway(
    name,
    applyTransform(transform, name, {
      metadata,
      spec: {
        selector: gateway.labels,
        servers: [
          {
            port: { number: GATEWAY_PORT, name: "https-mesh", protocol: "HTTPS" },
            hosts: [...hosts],
            tls: { mode: "ISTIO_MUTUAL" },
          },
        ],
      },
    }),
    opts,
  );
}
