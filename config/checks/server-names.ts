import type { z } from "zod";

import { checkClientNames, checkServerNames } from "../../components/pki/check-server-names";
import { ROOT_NAMESPACE } from "../../components/istio/root-namespace";
import { INGRESS_NAMESPACE } from "../../stacks/names";
import { isReported, report } from "../../validation/issues";
import { got } from "../../validation/show";
import type { ServerValues } from "../keys";

type Names = Pick<ServerValues, "services" | "clients" | "trustDomain" | "namespace">;

/** Reports hosts that cannot all be in one certificate, that are not only the server's, or that mean a Service. */
export function checkNames(values: Names, context: z.RefinementCtx): void {
  if (["services", "clients", "trustDomain"].some((key) => isReported(context, [key]))) return;
  const { services, clients, trustDomain } = values;
  const names = { hosts: services.map(({ host }) => host), clients, trustDomain };
  for (const { message } of checkServerNames(names)) {
    report(context, { path: ["services"], message });
  }
  for (const problem of checkClientNames(names)) report(context, problem);
  checkShortNames(values, context);
}

/** A host such as `web.shop` is a Service's short name to the pods of a cluster with a namespace `shop`. */
function checkShortNames({ services, clients, namespace }: Names, context: z.RefinementCtx): void {
  const namespaces = new Set([
    ROOT_NAMESPACE,
    INGRESS_NAMESPACE,
    namespace,
    ...services.map((service) => service.namespace),
    ...clients.map((client) => client.namespace),
  ]);
  for (const [index, { host }] of services.entries()) {
    const [, domain = "", ...others] = host.split(".");
    if (others.length > 0 || !namespaces.has(domain)) continue;
    report(context, {
      path: ["services", index, "host"],
      message: `must not be a name in one of the namespaces, ${domain} ${got(host)}: to pods it is the short name of a Service there. Use a name such as application.example.com`,
    });
  }
}
