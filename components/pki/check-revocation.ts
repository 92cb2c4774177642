import type { z } from "zod";

import { report } from "../../validation/issues";
import { got } from "../../validation/show";
import type { Revocation } from "./revocation";

interface RevocationValues {
  readonly clients: readonly {
    readonly name: string;
    readonly signingRequestPem?: unknown;
    readonly crlPem?: unknown;
  }[];
  readonly revoked?: readonly Revocation[] | undefined;
}

/** Reports certificates of a CA whose key is elsewhere, and clients that would be locked out, because their CA has no list. */
export function checkRevocation(
  { clients, revoked = [] }: RevocationValues,
  context: z.RefinementCtx,
): void {
  const withOwnKey = clients.filter((client) => client.signingRequestPem !== undefined);
  const names = clients.filter((client) => !withOwnKey.includes(client)).map(({ name }) => name);
  const issuers = ["root", "server", ...names];
  for (const [index, { issuer }] of revoked.entries()) {
    if (issuers.includes(issuer)) continue;
    report(context, {
      path: ["revoked", index, "issuer"],
      message: withOwnKey.some(({ name }) => name === issuer)
        ? `must not be a client with its own key ${got(issuer)}: add the serial to \`revoked\` of the client's own stack, and copy its output crlPem here`
        : `must be ${issuers.join(", ")} ${got(issuer)}: name the CA that signed the certificate`,
    });
  }
  const hasLists = revoked.length > 0 || withOwnKey.some(({ crlPem }) => crlPem !== undefined);
  for (const [index, client] of clients.entries()) {
    const path = ["clients", index, "crlPem"];
    if (!withOwnKey.includes(client)) {
      if (client.crlPem === undefined) continue;
      const message = "has no effect without signingRequestPem: remove it, and use `revoked`";
      report(context, { path, message });
    } else if (hasLists && client.crlPem === undefined) {
      const message =
        "is missing, and without it the gateway would refuse this client: copy the output crlPem of the client's stack";
      report(context, { path, message });
    }
  }
}
