import * as pulumi from "@pulumi/pulumi";

import type { ClientConfig } from "../config";
import { got, quote } from "../validation/show";
import { readServer, type Server, upCommand } from "./contract";
import { additionalEgress, CLIENT_EGRESS, doubleHyphens } from "./names";
import { fullStackName } from "./stack-outputs";

/** What the configuration says about a server. */
export interface ServerSettings {
  /** What messages call it. */
  readonly title: string;
  /** Its stack in full: organization/project/stack. */
  readonly stack: string;
  /** Name of this client in the server's `clients`. */
  readonly clientName: string;
  /** Hosts to call. An empty list means every host that the server lets this client call. */
  readonly hosts: readonly string[];
  /** Its addresses, in place of those of its stack. */
  readonly serverAddresses: ClientConfig["serverAddresses"];
  /** The keys of the configuration that say so. */
  readonly keys: { readonly stack: string; readonly clientName: string; readonly hosts: string };
  /** Names of the resources of its path, and of what is in their names. */
  readonly resources: {
    readonly egress: string;
    readonly leaf: string;
    /** Prefix of the resources that make its client's intermediate. */
    readonly ca: string;
    /** Suffix of this stack's outputs for the server. */
    readonly outputSuffix: string;
  };
  /** Names of the objects of its path. */
  readonly objects: { readonly objectPrefix: string; readonly credentialName: string };
}

/** A server that this client calls. */
export interface CalledServer extends ServerSettings {
  readonly server: Server;
}

/**
 * Reads what the stacks of all servers say to this client, the one of `serverStack` first.
 *
 * @throws RunError when a stack cannot be a server of this client, or two servers are not apart
 */
export async function readServers(
  config: ClientConfig,
): Promise<readonly [CalledServer, ...CalledServer[]]> {
  const [first, ...others] = listServers(config);
  requireDistinctStacks([first, ...others]);
  const read = async (settings: ServerSettings): Promise<CalledServer> => {
    const { stack, clientName, keys } = settings;
    const server = await readServer(stack, clientName, keys);
    return { ...settings, server, hosts: requireAllowedHosts(settings, server) };
  };
  const called = await Promise.all([read(first), ...others.map(read)] as const);
  requireDistinctHosts(called);
  return called;
}

function listServers(config: ClientConfig): readonly [ServerSettings, ...ServerSettings[]] {
  const { serverStack, clientName, hosts, serverAddresses, additionalServers } = config;
  const first = {
    title: "The server",
    stack: fullStackName(serverStack),
    ...{ clientName, hosts, serverAddresses },
    keys: { stack: "serverStack", clientName: "clientName", hosts: "hosts" },
    resources: { egress: "egress", leaf: "client-leaf", ca: "client", outputSuffix: "" },
    objects: CLIENT_EGRESS,
  };
  const others = additionalServers.map((each, index): ServerSettings => {
    const { name } = each;
    const key = (field: string) => `additionalServers[${index}].${field}`;
    // No resource of the first server starts like this.
    const prefix = `to-${doubleHyphens(name)}`;
    return {
      title: `The server ${quote(name)}`,
      stack: fullStackName(each.stack ?? name),
      clientName: each.clientName ?? clientName,
      hosts: each.hosts ?? [],
      serverAddresses: each.addresses ?? [],
      keys: { stack: key("stack"), clientName: key("clientName"), hosts: key("hosts") },
      resources: {
        ...{ egress: prefix, leaf: `${prefix}-leaf`, ca: prefix },
        outputSuffix: `-${name}`,
      },
      objects: additionalEgress(name),
    };
  });
  return [first, ...others];
}

/** @throws RunError when two servers are the same stack */
function requireDistinctStacks(servers: readonly ServerSettings[]): void {
  for (const [index, { stack, keys }] of servers.entries()) {
    const same = servers.slice(0, index).find((earlier) => earlier.stack === stack);
    if (!same) continue;
    throw new pulumi.RunError(
      `${keys.stack}: must not be the stack of ${same.keys.stack} ${got(stack)}: one entry for each server is enough, and ` +
        `${same.keys.hosts} has its hosts. Remove this entry, or correct its stack. Nothing was created.`,
    );
  }
}

/** @throws RunError when a host is asked for that the server does not serve, or not to this client */
function requireAllowedHosts(
  { title, stack, clientName, hosts, keys }: ServerSettings,
  server: Server,
): readonly string[] {
  const refused = hosts.filter((host) => !server.hosts.includes(host));
  if (refused.length === 0) return hosts.length > 0 ? hosts : server.hosts;
  const unknown = refused.filter((host) => !server.servedHosts.includes(host));
  const remedy =
    unknown.length > 0
      ? `add ${unknown.join(", ")} to the server's services`
      : `add them to hosts of the client "${clientName}" in the server's clients`;
  throw new pulumi.RunError(
    `${keys.hosts}: must be hosts that ${lowerFirst(title)} lets "${clientName}" call, ${server.hosts.join(", ")} ` +
      `(got ${refused.join(", ")}): remove the others, or ${remedy} and run ${upCommand(stack)}.`,
  );
}

/** @throws RunError when two servers have the same host, because a host has one path */
function requireDistinctHosts(servers: readonly CalledServer[]): void {
  for (const [index, { stack, hosts, keys }] of servers.entries()) {
    for (const earlier of servers.slice(0, index)) {
      const shared = hosts.filter((host) => earlier.hosts.includes(host));
      if (shared.length === 0) continue;
      throw new pulumi.RunError(
        `${keys.hosts}: must not be hosts of another server (got ${shared.join(", ")}): the stacks ${quote(earlier.stack)} and ` +
          `${quote(stack)} both serve them, and a host has one path. List the hosts to call in ${earlier.keys.hosts} and in ` +
          `${keys.hosts}, each host once. Nothing was created.`,
      );
    }
  }
}

/** A title inside a sentence. */
export function lowerFirst(title: string): string {
  return title.charAt(0).toLowerCase() + title.slice(1);
}
