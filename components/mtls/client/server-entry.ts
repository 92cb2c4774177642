import { isIP } from "node:net";

import * as pulumi from "@pulumi/pulumi";

import type { IstioMetadata } from "../../istio/objects/resource";
import { ServiceEntry, type ServiceEntryArgs } from "../../istio/objects/service-entry";
import { applyTransform, type Transform } from "../../transform";
import type { ServerAddress, ServerEndpoint } from "../server-endpoint";

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

/** Name of that port, by which an address can have another one. */
const PORT_NAME = "http";

/** Hosts that one ServiceEntry may have. Its CRD sets this limit. */
const MAX_HOSTS = 256;

/** Tells the proxies where the server is, with as many entries as its hosts need. */
export function serverEntries(
  name: string,
  { metadata, server, exportTo, transform }: ServerEntriesArgs,
  opts: pulumi.CustomResourceOptions,
): readonly ServiceEntry[] {
  const { alternatives: others = [] } = server;
  const resolution = pulumi
    .all([server, ...others].map(({ address }) => address))
    .apply((addresses) => (addresses.every((each) => isIP(each) !== 0) ? "STATIC" : "DNS"));
  const alternatives = others.map((each) => ({
    address: each.address,
    ports: { [PORT_NAME]: each.port },
    ...localityOf(each),
  }));
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
        resolution,
        ports: [
          { number: APPLICATION_PORT, name: PORT_NAME, protocol: "HTTP", targetPort: server.port },
        ],
        endpoints: [{ address: server.address, ...localityOf(server) }, ...alternatives],
      },
    };
    return new ServiceEntry(entryName, applyTransform(transform, entryName, args), opts);
  });
}

function localityOf({ locality }: ServerAddress): { readonly locality?: string } {
  return locality === undefined ? {} : { locality };
}
