import { isIP } from "node:net";

import * as pulumi from "@pulumi/pulumi";

import type { IstioMetadata } from "../../istio/objects/resource";
import { ServiceEntry, type ServiceEntryArgs } from "../../istio/objects/service-entry";
import { applyTransform, type Transform } from "../../transform";
import type { ServerEndpoint } from "../client-egress-args";

/** Inputs of {@link serverEntries}. */
export interface ServerEntriesArgs {
  /** Metadata of an entry. The first one's suffix is empty. */
  readonly metadata: (suffix: string) => IstioMetadata;
  readonly server: ServerEndpoint;
  /** Namespaces that see the entries. */
  readonly exportTo: pulumi.Input<string[]>;
  readonly transform?: Transform<ServiceEntryArgs> | undefined;
}

/** Port that applications call, in plain HTTP. Their sidecars intercept it. */
export const APPLICATION_PORT = 80;

/** Hosts that one ServiceEntry may have. Its CRD sets this limit. */
const MAX_HOSTS = 256;

/** Tells the proxies where the server is, with as many entries as its hosts need. */
export function serverEntries(
  name: string,
  { metadata, server, exportTo, transform }: ServerEntriesArgs,
  opts: pulumi.CustomResourceOptions,
): readonly ServiceEntry[] {
  const count = Math.ceil(server.hosts.length / MAX_HOSTS);
  return Array.from({ length: count }, (_, index) => {
    const suffix = index === 0 ? "" : `-${index + 1}`;
    const entryName = `${name}${suffix}`;
    const args: ServiceEntryArgs = {
      metadata: metadata(suffix),
      spec: {
        hosts: server.hosts.slice(index * MAX_HOSTS, (index + 1) * MAX_HOSTS),
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
    };
    return new ServiceEntry(entryName, applyTransform(transform, entryName, args), opts);
  });
}
