import type * as pulumi from "@pulumi/pulumi";
import { z } from "zod";

import { input } from "../../validation/args";
import { hostName, nonEmptyList, principal, unique } from "../../validation/fields";
import { report } from "../../validation/issues";
import { got } from "../../validation/show";

/** A workload of the client mesh that may call the server. */
export interface Caller {
  /** Its identity, as `TRUST-DOMAIN/ns/NAMESPACE/sa/SERVICE-ACCOUNT`. */
  readonly principal: pulumi.Input<string>;
  /**
   * Hosts that it may call. For other hosts, the egress gateway answers with 403.
   *
   * @default every host
   */
  readonly hosts?: readonly string[];
}

/** Hosts that one caller may call. */
export const callerHosts = nonEmptyList(
  hostName,
  "remove the key to let the caller call every host, or remove the caller",
).superRefine(unique);

/** Checks a {@link Caller}. */
export const caller = z.looseObject({
  principal: input(principal),
  hosts: callerHosts.exactOptional(),
});

/** Reports a host in a caller's list that is not one of `hosts`. Otherwise a wrong name would only show as a 403. */
export function checkCallerHosts(
  hosts: readonly string[],
  callers: readonly { readonly hosts?: readonly string[] | undefined }[],
  context: z.RefinementCtx,
): void {
  for (const [index, { hosts: callable = [] }] of callers.entries()) {
    for (const [position, host] of callable.entries()) {
      if (hosts.includes(host)) continue;
      report(context, {
        path: ["callers", index, "hosts", position],
        message: `must be one of the hosts to call ${got(host)}: use ${hosts.join(", ")}, or add it to them`,
      });
    }
  }
}
