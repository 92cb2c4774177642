import { createHash } from "node:crypto";
import { isIP } from "node:net";

import * as pulumi from "@pulumi/pulumi";

import type { IstioMetadata } from "../../istio/objects/resource";
import { ServiceEntry, type ServiceEntryArgs } from "../../istio/objects/service-entry";
import { applyTransform, type Transform } from "../../transform";
import type { ServerAddress, ServerEndpoint } from "../server-endpoint";

/** Inputs of {@link serverEntries}. */
export interface ServerEntriesArgs {
  /** Metadata of an entry. A single entry has an empty suffix. */
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
  const groups = groupHosts(server.hosts);
  return groups.map((hosts, index) => {
    const suffix = groups.length === 1 ? "" : `-${index + 1}-of-${groups.length}`;
    const entryName = `${name}${suffix}`;
    const args: ServiceEntryArgs = {
      metadata: metadata(suffix),
      spec: {
        hosts,
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

/**
 * Divides hosts into 1, 2, 4 or more groups, until each fits into an entry. A host's group depends on its name and the number of
 * groups, not on other hosts, so no host moves to another entry when one is added or removed. When the number of groups changes,
 * all entries get new names: Pulumi creates the new ones before it deletes the old ones.
 */
function groupHosts(hosts: readonly string[]): readonly string[][] {
  for (let count = 1; ; count *= 2) {
    const groups = Array.from({ length: count }, (): string[] => []);
    for (const host of hosts) groups[hashOf(host) % count]?.push(host);
    if (groups.every(({ length }) => length <= MAX_HOSTS)) return groups;
  }
}

function hashOf(host: string): number {
  return createHash("sha256").update(host).digest().readUInt32BE();
}

function localityOf({ locality }: ServerAddress): { readonly locality?: string } {
  return locality === undefined ? {} : { locality };
}
