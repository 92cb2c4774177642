import type * as pulumi from "@pulumi/pulumi";

import type { GatewayInput } from "../../istio/gateway-ref";
import { hostSlug } from "../host-slug";
import type { AdmittedClient } from "../server-ingress-args";
import { clientPolicy, refuseByDefault } from "./client-policy";
import { suspensionNotice } from "./suspension-notice";

/** Inputs of {@link admission}. */
export interface AdmissionArgs {
  readonly gateway: GatewayInput;
  /** Prefix of the objects' names. */
  readonly objectPrefix: string;
  /** Hosts of all services. */
  readonly hosts: readonly string[];
  readonly clients: readonly AdmittedClient[];
}

/** Allows only requests of the clients that are not suspended, each to its hosts. */
export function admission(
  name: string,
  { gateway, objectPrefix, hosts, clients }: AdmissionArgs,
  opts: pulumi.CustomResourceOptions,
): void {
  const metadata = (objectName: string) => ({ name: objectName, namespace: gateway.namespace });
  const policyPrefix = `${objectPrefix}-client-`;
  const defaultPolicy = refuseByDefault(
    `${name}-default-deny`,
    { metadata: metadata(`${objectPrefix}-default-deny`), gateway },
    opts,
  );
  for (const client of clients) {
    const slug = hostSlug(client.dnsName);
    clientPolicy(
      `${name}-client-${slug}`,
      {
        metadata: metadata(`${policyPrefix}${slug}`),
        gateway,
        principal: client.principal,
        hosts: client.hosts ?? hosts,
        suspended: client.suspended ?? false,
      },
      // A gateway with only the policies of suspended clients would allow everyone else.
      { ...opts, dependsOn: defaultPolicy },
    );
  }
  if (clients.some(({ suspended }) => suspended)) {
    suspensionNotice(
      `${name}-suspension-notice`,
      { metadata: metadata(`${objectPrefix}-suspension-notice`), gateway, policyPrefix },
      opts,
    );
  }
}
