import * as pulumi from "@pulumi/pulumi";

import { egressNetworkPolicy } from "../components/mtls/egress-network-policy";
import { ROOT_NAMESPACE } from "../components/istio/root-namespace";
import { workloadPrincipal } from "../components/istio/principal";
import { TestPod } from "../components/samples/test-pod";
import type { ClientConfig } from "../config";
import { type CalledServer, readServers } from "./called-servers";
import { admittedCallers, callersOf } from "./callers";
import { type ClientIntermediate, clientIntermediate } from "./client-intermediate";
import { upCommand } from "./contract";
import { istioOutput, requireControlPlane } from "./control-plane";
import { applicationNamespace, meshCluster } from "./mesh";
import { meshIstio } from "./mesh-istio";
import { EGRESS_GATEWAY } from "./names";
import { observed } from "./observed";
import { serverEgress } from "./server-egress";
import { readOwnOutputs } from "./stack-outputs";

/** The `client` stack: a cluster, its mesh, and the egress to each server with the client's certificate. */
export async function client(config: ClientConfig): Promise<Record<string, unknown>> {
  // With Pulumi Cloud, each read is a request to it. So they run at the same time.
  const [servers, previous] = await Promise.all([readServers(config), readOwnOutputs()]);
  const dedicated = config.egressGateway === "dedicated";
  for (const called of servers) {
    requireAdmittedIdentity(config, called, dedicated ? config.namespace : ROOT_NAMESPACE);
    await warnIfSuspended(called);
  }
  const callers = admittedCallers(config, servers);

  const [first, ...others] = servers;
  // It also signs the certificates of the mesh.
  const intermediate = await clientIntermediate(config, first);
  const paths = [{ called: first, intermediate }];
  for (const called of others) {
    paths.push({ called, intermediate: await clientIntermediate(config, called) });
  }

  const { provider, natAddress } = meshCluster("client", config);
  const inCluster = { providers: [provider] };
  await requireControlPlane(previous, config, { provider });
  const application = applicationNamespace("application", config, { provider });
  const istio = meshIstio(
    "istio",
    config,
    {
      ca: intermediate.ca,
      trustAnchorPem: intermediate.trustAnchorPem,
      namespace: application.metadata.name,
      gateway: {
        gatewayName: EGRESS_GATEWAY,
        namespace: dedicated ? application.metadata.name : ROOT_NAMESPACE,
        service: "cluster",
      },
    },
    inCluster,
  );
  const { gateway } = istio;
  for (const path of paths) {
    serverEgress(
      {
        ...path,
        config,
        namespace: application.metadata.name,
        gateway,
        callers: callersOf(callers, path.called.hosts),
      },
      // Its Istio objects need the CRDs and the webhook, and must be deleted before them.
      { ...inCluster, dependsOn: istio.ready },
    );
  }
  if (config.networkPolicy) {
    egressNetworkPolicy(
      "egress-policy",
      { namespace: application.metadata.name, gateway, allows: config.networkPolicyAllows },
      { provider },
    );
  }
  if (config.testPod) {
    new TestPod(
      "test-pod",
      { namespace: application.metadata.name, revision: config.revisions.workloads.name },
      // istiod injects its sidecar.
      { ...inCluster, dependsOn: istio.ready },
    );
  }
  const observability = observed(
    config,
    {
      end: "egress",
      gateway,
      credentialNames: servers.map(({ objects }) => objects.credentialName),
      applicationNamespace: application.metadata.name,
    },
    // Kiali reads Istio's objects, so it needs the CRDs.
    { ...inCluster, dependsOn: istio.ready },
  );
  return {
    hosts: servers.flatMap((called) => called.hosts),
    // Users put it into the server's ingressSourceRanges.
    ...(natAddress && { natAddress }),
    ...Object.fromEntries(paths.flatMap(handOver)),
    ...istioOutput(config),
    ...observability,
  };
}

/** The outputs for a server: in signing-request mode, this stack's request and its own revocation list. */
function handOver({ called, intermediate: { signingRequestPem, crlPem } }: Path) {
  const outputs = Object.entries({ signingRequestPem, crlPem });
  return outputs.flatMap(([name, output]) =>
    output ? [[`${name}${called.resources.outputSuffix}`, output] as const] : [],
  );
}

interface Path {
  readonly called: CalledServer;
  readonly intermediate: ClientIntermediate;
}

/** @throws Error when the server would refuse the identity that this stack is going to have */
function requireAdmittedIdentity(
  config: ClientConfig,
  { title, clientName, server: { client } }: CalledServer,
  gatewayNamespace: string,
): void {
  const principal = workloadPrincipal(config.trustDomain, gatewayNamespace, EGRESS_GATEWAY);
  if (client.principal === principal) return;
  throw new pulumi.RunError(
    `${title} admits "${clientName}" as "${client.principal}", but this stack's egress gateway is "${principal}": ` +
      "make trustDomain, namespace and serviceAccount of the server's client agree with this stack's trustDomain, namespace and egressGateway.",
  );
}

async function warnIfSuspended({ title, stack, clientName, server }: CalledServer): Promise<void> {
  if (!server.client.suspended) return;
  await pulumi.log.warn(
    `${title} has suspended "${clientName}" and answers all its requests with 403, until its operator removes ` +
      `\`suspended\` from this client and runs ${upCommand(stack)}.`,
  );
}
