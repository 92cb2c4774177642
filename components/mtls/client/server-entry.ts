import { isIP } from "node:net";

import * as pulumi from "@pulumi/pulumi";

import type { IstioMetadata } from "../../istio/objects/resource";
import { ServiceEntry, type ServiceEntryArgs } from "../../istio/objects/service-entry";
import { applyTransform, type Transform } from "../../transform";
import type { ServerEndpoint } from "../client-egress-args";

/** Inputs of {@link serverEntry}. */
export interface ServerEntryArgs {
  readonly metadata: IstioMetadata;
  readonly server: ServerEndpoint;
  /** Namespaces that see the entry. */
  readonly exportTo: pulumi.Input<string[]>;
  readonly transform?: Transform<ServiceEntryArgs> | undefined;
}

/** Port that applications call, in plain HTTP. Their sidecars intercept it. */
export const APPLICATION_PORT = 80;

/** Tells the proxies where the server is. */
export function serverEntry(
  name: string,
  { metadata, server, exportTo, transform }: ServerEntryArgs,
  opts: pulumi.CustomResourceOptions,
): ServiceEntry {
  return new ServiceEntry(
    name,
    applyTransform(transform, name, {
      metadata,
      spec: {
        hosts: [...server.hosts],
        exportTo,
        location: "MESH_EXTERNAL",
        resolution: pulumi
          .output(server.address)
          .apply((address) => (isIP(address) === 0 ? "DNS" : "STATIC")),
        ports: [
          { number: APPLICATION_PORT, name: "http", protocol: "HTTP", targetPort: server.port },
        ],
        endpoints: [{ address: server.address }],
      },
    }),
    opts,
  );
}
