import type { z } from "zod";

import { checkCallerHosts } from "../../components/mtls/caller";
import { ROOT_NAMESPACE } from "../../components/istio/root-namespace";
import { isReported, report } from "../../validation/issues";
import { got } from "../../validation/show";
import type { ClientValues } from "../keys";

type CallerKeys = Pick<ClientValues, "namespace" | "callers" | "hosts" | "additionalServers">;

/** Reports a caller that is repeated, that cannot have a sidecar, or whose hosts this stack does not call. */
export function checkCallers(values: CallerKeys, context: z.RefinementCtx): void {
  const { namespace: application, callers, hosts, additionalServers } = values;
  if (isReported(context, ["callers"]) || isReported(context, ["namespace"])) return;
  const seen = new Set<string>();
  for (const [index, { namespace = application, serviceAccount }] of callers.entries()) {
    const identity = `${namespace}/${serviceAccount}`;
    if (seen.has(identity)) {
      const message = `must be unique in its namespace ${got(serviceAccount)}: remove the repeated entry, and list all its hosts in one`;
      report(context, { path: ["callers", index, "serviceAccount"], message });
    }
    seen.add(identity);
    if (namespace !== ROOT_NAMESPACE && !namespace.startsWith("kube-")) continue;
    const message = `must be a namespace of applications ${got(namespace)}: Istio gives pods there no sidecar. Use another namespace`;
    report(context, { path: ["callers", index, "namespace"], message });
  }
  if (isReported(context, ["additionalServers"])) return;
  const hostsOfServers = [hosts, ...additionalServers.map((server) => server.hosts ?? [])];
  // Without `hosts`, the server's stack says which hosts there are.
  if (hostsOfServers.some((each) => each.length === 0)) return;
  checkCallerHosts(hostsOfServers.flat(), callers, context);
}
