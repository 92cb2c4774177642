import type * as pulumi from "@pulumi/pulumi";

import { GATEWAY_PORT } from "../../istio/gateway-port";
import type { IstioMetadata } from "../../istio/objects/resource";
import { VirtualService, type VirtualServiceArgs } from "../../istio/objects/virtual-service";
import { applyTransform, type Transform } from "../../transform";
import { atServer } from "../border-headers";
import type { ExposedService } from "../exposed-service";
import { pathRoutes } from "./path-routes";

/** Inputs of {@link serviceRoute}. */
export interface ServiceRouteArgs {
  readonly metadata: IstioMetadata;
  readonly service: ExposedService;
  /** DNS name of the Service. */
  readonly serviceHost: string;
  /** The gateway's listener, as `namespace/name` of the Gateway object. */
  readonly listener: pulumi.Input<string>;
  readonly transform?: Transform<VirtualServiceArgs> | undefined;
}

/** Routes requests for the host of a service from the listener to the service. */
export function serviceRoute(
  name: string,
  { metadata, service, serviceHost, listener, transform }: ServiceRouteArgs,
  opts: pulumi.CustomResourceOptions,
): VirtualService {
  const { host, port, routes = [{ path: "/" }], http2 = false } = service;
  const match = { gateways: [listener], port: GATEWAY_PORT };
  const route = [{ destination: { host: serviceHost, port: { number: port } } }];
  const headers = atServer(service);
  // Envoy uses the first route that fits.
  const longestFirst = [...routes].sort((a, b) => b.path.length - a.path.length);
  return new VirtualService(
    name,
    applyTransform(transform, name, {
      metadata,
      spec: {
        hosts: [host],
        gateways: [listener],
        exportTo: ["."],
        http: longestFirst.flatMap((path) => pathRoutes(path, { match, route, headers, http2 })),
      },
    }),
    opts,
  );
}
