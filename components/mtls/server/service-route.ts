import type * as pulumi from "@pulumi/pulumi";

import { GATEWAY_PORT } from "../../istio/gateway-port";
import type { IstioMetadata } from "../../istio/objects/resource";
import { VirtualService, type VirtualServiceArgs } from "../../istio/objects/virtual-service";
import { applyTransform, type Transform } from "../../transform";
import type { ServicePath } from "../service-path";
import { pathRoutes } from "./path-routes";

/** Inputs of {@link serviceRoute}. */
export interface ServiceRouteArgs {
  readonly metadata: IstioMetadata;
  /** Host that clients call. */
  readonly host: string;
  /** DNS name of the Service. */
  readonly serviceHost: string;
  /** Port of the Service. */
  readonly servicePort: number;
  /** Paths that clients may call. */
  readonly paths: readonly ServicePath[];
  /** Whether WebSockets need connections of their own. */
  readonly http2: boolean;
  /** The gateway's listener, as `namespace/name` of the Gateway object. */
  readonly listener: pulumi.Input<string>;
  readonly transform?: Transform<VirtualServiceArgs> | undefined;
}

/** Routes requests for a host from the listener to a service. */
export function serviceRoute(
  name: string,
  { metadata, host, serviceHost, servicePort, paths, http2, listener, transform }: ServiceRouteArgs,
  opts: pulumi.CustomResourceOptions,
): VirtualService {
  const match = { gateways: [listener], port: GATEWAY_PORT };
  const route = [{ destination: { host: serviceHost, port: { number: servicePort } } }];
  // Envoy uses the first route that fits.
  const longestFirst = [...paths].sort((a, b) => b.path.length - a.path.length);
  return new VirtualService(
    name,
    applyTransform(transform, name, {
      metadata,
      spec: {
        hosts: [host],
        gateways: [listener],
        exportTo: ["."],
        http: longestFirst.flatMap((path) => pathRoutes(path, { match, route, http2 })),
      },
    }),
    opts,
  );
}
