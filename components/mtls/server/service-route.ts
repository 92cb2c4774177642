import type * as pulumi from "@pulumi/pulumi";

import { GATEWAY_PORT } from "../../istio/gateway-port";
import type { IstioMetadata } from "../../istio/objects/resource";
import { VirtualService, type VirtualServiceArgs } from "../../istio/objects/virtual-service";
import { applyTransform, type Transform } from "../../transform";
import { AT_SERVER } from "../border-headers";
import { SAFE_RETRIES } from "../safe-retries";

/** Inputs of {@link serviceRoute}. */
export interface ServiceRouteArgs {
  readonly metadata: IstioMetadata;
  /** Host that clients call. */
  readonly host: string;
  /** DNS name of the Service. */
  readonly serviceHost: string;
  /** Port of the Service. */
  readonly servicePort: number;
  /** The gateway's listener, as `namespace/name` of the Gateway object. */
  readonly listener: pulumi.Input<string>;
  readonly transform?: Transform<VirtualServiceArgs> | undefined;
}

/** Routes requests for a host from the listener to a service. */
export function serviceRoute(
  name: string,
  { metadata, host, serviceHost, servicePort, listener, transform }: ServiceRouteArgs,
  opts: pulumi.CustomResourceOptions,
): VirtualService {
  return new VirtualService(
    name,
    applyTransform(transform, name, {
      metadata,
      spec: {
        hosts: [host],
        gateways: [listener],
        exportTo: ["."],
        http: [
          {
            name: "to-service",
            match: [{ gateways: [listener], port: GATEWAY_PORT }],
            route: [{ destination: { host: serviceHost, port: { number: servicePort } } }],
            retries: SAFE_RETRIES,
            headers: AT_SERVER,
          },
        ],
      },
    }),
    opts,
  );
}
