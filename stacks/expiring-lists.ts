import * as pulumi from "@pulumi/pulumi";

import { readRevocationList, validityOf } from "../components/pki/x509/read-revocation-list";
import type { ServerClient } from "../config";

/** The clients' stacks renew their lists in the last third of their life. */
const LATE = 1 / 3;

/** Warns of lists that the clients' stacks should have renewed by now. The gateway refuses a client whose list has expired. */
export async function warnOfExpiringLists(
  clients: readonly Pick<ServerClient, "name" | "crlPem">[],
): Promise<void> {
  for (const { name, crlPem } of clients) {
    const list = crlPem === undefined ? undefined : readRevocationList(crlPem);
    const validity = list && validityOf(list);
    if (!validity) continue;
    const [start, end] = [validity.notBefore.getTime(), validity.notAfter.getTime()];
    // eslint-disable-next-line no-restricted-globals -- A warning changes no resource.
    if (end - Date.now() > LATE * (end - start)) continue;
    await pulumi.log.warn(
      `crlPem of client "${name}" is valid until ${validity.notAfter.toISOString()}. Then the gateway refuses this client. ` +
        "Run `pulumi up` on the client's stack, copy its output crlPem to the server's clients again, and run `pulumi up -s server`.",
    );
  }
}
