import { objectName } from "../../validation/fields";

/** CAs of the server's stack. `revoked` names a certificate's issuer, so no client's CA may have the same name. */
const OWN_CAS: ReadonlyMap<unknown, string> = new Map([
  ["root", "the root"],
  ["server", "the server mesh's intermediate CA"],
]);

/** Name of a client mesh, and of its intermediate CA. */
export const clientName = objectName.refine((name) => !OWN_CAS.has(name), {
  error: ({ input }) =>
    `must not be ${JSON.stringify(input)}: ${OWN_CAS.get(input) ?? "another CA"} has this name, and the client's CA would get the same. Use another name`,
});
