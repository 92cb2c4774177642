import type * as pulumi from "@pulumi/pulumi";

import { GATEWAY_PORT } from "../../istio/gateway-port";
import type { IstioMetadata } from "../../istio/objects/resource";
import {
  type HttpRoute,
  VirtualService,
  type VirtualServiceArgs,
} from "../../istio/objects/virtual-service";
import { applyTransform, type Transform } from "../../transform";
import { LEAVING_CLIENT } from "../border-headers";
import { hostSlug } from "../host-slug";
import { SAFE_RETRIES } from "../safe-retries";
import { APPLICATION_PORT } from "./server-entry";
import { WEBSOCKET_SUBSET, websocketRoute, websocketSubset } from "../websocket";

/** Inputs of {@link hostRoute}. */
export interface HostRouteArgs {
  readonly metadata: IstioMetadata;
  /** Host that applications call. */
  readonly host: string;
  /** DNS name of the gateway's Service. */
  readonly gatewayHost: pulumi.Input<string>;
  /** The gateway's listener, as `namespace/name` of the Gateway object. */
  readonly listener: pulumi.Input<string>;
  /** Namespaces that see the route. */
  readonly exportTo: pulumi.Input<string[]>;
  readonly transform?: Transform<VirtualServiceArgs> | undefined;
}

/** Routes requests for the host from the sidecars to the gateway, and from the gateway to the server. */
export function hostRoute(
  name: string,
  { metadata, host, gatewayHost, listener, exportTo, transform }: HostRouteArgs,
  opts: pulumi.CustomResourceOptions,
): VirtualService {
  const toGateway: HttpRoute = {
    name: "to-egress-gateway",
    match: [{ gateways: ["mesh"], port: APPLICATION_PORT }],
    route: [
      {
        destination: {
          host: gatewayHost,
          subset: hostSlug(host),
          port: { number: GATEWAY_PORT },
        },
      },
    ],
    retries: SAFE_RETRIES,
    // An application may write the host with a trailing dot. Certificates and routes have it without.
    rewrite: { authority: host },
  };
  const toServer: HttpRoute = {
    name: "to-server",
    match: [{ gateways: [listener], port: GATEWAY_PORT }],
    route: [{ destination: { host, port: { number: APPLICATION_PORT } } }],
    retries: SAFE_RETRIES,
    headers: LEAVING_CLIENT,
  };
  return new VirtualService(
    name,
    applyTransform(transform, name, {
      metadata,
      spec: {
        hosts: [host],
        gateways: ["mesh", listener],
        exportTo,
        http: [
          websocketRoute(toGateway, websocketSubset(host)),
          toGateway,
          websocketRoute(toServer, WEBSOCKET_SUBSET),
          toServer,
        ],
      },
    }),
    opts,
  );
}
