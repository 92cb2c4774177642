import type { z } from "zod";

import { hostName, nonEmptyList, unique } from "../../validation/fields";
import { isReported, report } from "../../validation/issues";
import { got } from "../../validation/show";

/** Hosts that one client may call. */
export const clientHosts = nonEmptyList(
  hostName,
  "remove the key to let the client call every host, or set `suspended` to true to refuse all its requests",
).superRefine(unique);

interface ServicesAndClients {
  readonly services: readonly { readonly host: string }[];
  readonly clients: readonly { readonly hosts?: readonly string[] | undefined }[];
}

/** Reports a host in a client's list that no service has. Otherwise a wrong name would only show as a 403. */
export function checkClientHosts(
  { services, clients }: ServicesAndClients,
  context: z.RefinementCtx,
): void {
  if (isReported(context, ["services"])) return;
  const served = services.map(({ host }) => host);
  for (const [client, { hosts = [] }] of clients.entries()) {
    for (const [index, host] of hosts.entries()) {
      if (served.includes(host)) continue;
      report(context, {
        path: ["clients", client, "hosts", index],
        message: `must be a host of \`services\` ${got(host)}: use ${served.join(", ")}, or add a service with this host`,
      });
    }
  }
}
