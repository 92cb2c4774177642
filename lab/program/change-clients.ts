import type * as auto from "@pulumi/pulumi/automation";

import { setConfig } from "./stack";

/** An entry of the server's key `clients`. */
interface ClientEntry {
  readonly name: string;
}

/** Changes the entries of the server's key `clients`, as its operator does. Returns whether any entry is different now. */
export async function changeClients(
  server: auto.Stack,
  change: (client: ClientEntry) => object,
): Promise<boolean> {
  const { value } = await server.getConfig("clients");
  const before = JSON.parse(value) as ClientEntry[];
  const clients = before.map(change);
  if (JSON.stringify(clients) === JSON.stringify(before)) return false;
  await setConfig(server, { clients });
  return true;
}
