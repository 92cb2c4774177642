import * as pulumi from "@pulumi/pulumi";

import { workloadPrincipal } from "../components/istio/principal";
import type { ClientEgressMtlsInputs } from "../components/mtls/client-egress-args";
import type { ClientConfig } from "../config";
import { got } from "../validation/show";
import { workloadTrustDomain } from "./mesh-istio";

/**
 * The workloads that may call the server, and their namespaces.
 *
 * @throws RunError when a caller's list has a host that this stack does not call
 */
export function admittedCallers(
  config: ClientConfig,
  hosts: readonly string[],
): Pick<ClientEgressMtlsInputs, "callers" | "callerNamespaces"> {
  const { callers, namespace: application } = config;
  for (const [index, caller] of callers.entries()) {
    const unknown = caller.hosts?.find((host) => !hosts.includes(host));
    if (unknown === undefined) continue;
    throw new pulumi.RunError(
      `callers[${index}].hosts: must be hosts that the server lets this client call, ${hosts.join(", ")} ${got(unknown)}: ` +
        "correct the host, or add it to the server. Nothing was created.",
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
