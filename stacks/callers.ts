import * as pulumi from "@pulumi/pulumi";

import { workloadPrincipal } from "../components/istio/principal";
import type { ClientEgressMtlsInputs } from "../components/mtls/client-egress-args";
import type { ClientConfig } from "../config";
import { got } from "../validation/show";
import { type CalledServer, lowerFirst } from "./called-servers";
import { workloadTrustDomain } from "./mesh-istio";

/** Workloads that may call the servers, and their namespaces. */
export type AdmittedCallers = Required<
  Pick<ClientEgressMtlsInputs, "callers" | "callerNamespaces">
>;

/**
 * The workloads that may call the servers, and their namespaces.
 *
 * @throws RunError when a caller's list has a host that this stack does not call, or nobody may call a server
 */
export function admittedCallers(
  config: ClientConfig,
  servers: readonly Pick<CalledServer, "title" | "hosts">[],
): AdmittedCallers {
  const { callers, namespace: application } = config;
  const hosts = servers.flatMap((called) => called.hosts);
  for (const [index, caller] of callers.entries()) {
    const unknown = caller.hosts?.find((host) => !hosts.includes(host));
    if (unknown === undefined) continue;
    throw new pulumi.RunError(
      `callers[${index}].hosts: must be hosts that the server lets this client call, ${hosts.join(", ")} ${got(unknown)}: ` +
        "correct the host, or add it to the server. Nothing was created.",
    );
  }
  for (const { title, hosts: ofServer } of servers) {
    if (callers.some((caller) => caller.hosts?.some((host) => ofServer.includes(host)) ?? true)) {
      continue;
    }
    throw new pulumi.RunError(
      `callers: must have a caller of ${lowerFirst(title)}, which has the hosts ${ofServer.join(", ")}: add one of them to the ` +
        "hosts of a caller, or remove the server. Nothing was created.",
    );
  }
  const namespaces = new Set(callers.map(({ namespace = application }) => namespace));
  namespaces.delete(application);
  return {
    callers: callers.map(({ namespace = application, serviceAccount, hosts: callable }) => ({
      principal: workloadPrincipal(workloadTrustDomain(config), namespace, serviceAccount),
      ...(callable && { hosts: callable }),
    })),
    callerNamespaces: [...namespaces],
  };
}

/**
 * Those who may call a server with these hosts. The namespaces stay all of them: Istio merges the rules for the gateway's
 * Service only if the same namespaces see them.
 */
export function callersOf(
  { callers, callerNamespaces }: AdmittedCallers,
  hosts: readonly string[],
): AdmittedCallers {
  const ofServer = callers.flatMap((caller) => {
    if (caller.hosts === undefined) return [caller];
    const callable = caller.hosts.filter((host) => hosts.includes(host));
    return callable.length > 0 ? [{ ...caller, hosts: callable }] : [];
  });
  return { callers: ofServer, callerNamespaces };
}
