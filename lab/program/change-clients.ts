import type * as auto from "@pulumi/pulumi/automation";

import { setConfig } from "./stack";

/** An entry of the server's key `clients`. */
export interface ClientEntry {
  readonly name: string;
}

/** Reads the server's key `clients`. */
export async function readClients(server: auto.Stack): Promise<readonly ClientEntry[]> {
  return JSON.parse((await server.getConfig("clients")).value) as ClientEntry[];
}

/** Changes the entries of the server's key `clients`, as its operator does. Returns whether any entry is different now. */
export async function changeClients(
  server: auto.Stack,
  change: (client: ClientEntry) => object,
): Promise<boolean> {
  const before = await readClients(server);
  const clients = before.map(change);
  if (JSON.stringify(clients) === JSON.stringify(before)) return false;
  await setConfig(server, { clients });
  return true;
}
