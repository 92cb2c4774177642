import * as pulumi from "@pulumi/pulumi";

import { ClientEgressMtls } from "../components/mtls/client-egress-mtls";
import { egressNetworkPolicy } from "../components/mtls/egress-network-policy";
import { ROOT_NAMESPACE } from "../components/istio/root-namespace";
import { GatewayLeaf } from "../components/pki/gateway-leaf";
import { workloadPrincipal } from "../components/istio/principal";
import { TestPod } from "../components/samples/test-pod";
import type { ClientConfig } from "../config";
import { admittedCallers } from "./callers";
import { clusterDomain } from "./cluster-domain";
import { clientIntermediate } from "./client-intermediate";
import { applicationNamespace, meshCluster } from "./mesh";
import { istioOutput, requireControlPlane } from "./control-plane";
import { meshIstio } from "./mesh-istio";
import { CLIENT_EGRESS, EGRESS_GATEWAY } from "./names";
import { observed } from "./observed";
import { readServer, type Server } from "./contract";
import { serverEndpoint } from "./server-endpoint";
import { fullStackName } from "./stack-outputs";
import { minProtocolVersion } from "./tls-version";

/** The `client` stack: a cluster, its mesh, and the egress to the server with the client's certificate. */
export async function client(config: ClientConfig): Promise<Record<string, unknown>> {
  const server = await readServer(fullStackName(config.serverStack), config.clientName);
  const dedicated = config.egressGateway === "dedicated";
  requireAdmittedIdentity(config, server, dedicated ? config.namespace : ROOT_NAMESPACE);
  const hosts = requireAllowedHosts(config, server);
  const callers = admittedCallers(config, hosts);
  if (server.client.suspended) {
    await pulumi.log.warn(
      `The server has suspended "${config.clientName}" and answers all its requests with 403, until its operator removes ` +
        "`suspended` from this client and runs `pulumi up -s server`.",
    );
  }

  const { ca, trustAnchorPem, peersCrlPem, signingRequestPem, crlPem } = await clientIntermediate(
    config,
    server,
  );

  const { provider, natAddress } = meshCluster("client", config);
  const inCluster = { providers: [provider] };
  await requireControlPlane(config, { provider });
  const application = applicationNamespace("application", config, { provider });
  const istio = meshIstio(
    "istio",
    config,
    {
      ca,
      trustAnchorPem,
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
  const leaf = new GatewayLeaf("client-leaf", {
    usage: "client_auth",
    dnsNames: [server.client.dnsName],
    uris: [`spiffe://${server.client.principal}`],
    issuer: ca,
    validityHours: config.certificates.leafHours,
  });
  new ClientEgressMtls(
    "egress",
    {
      namespace: application.metadata.name,
      gateway,
      server: serverEndpoint(config, server, hosts),
      credential: {
        chainPem: leaf.chainPem,
        privateKeyPem: leaf.privateKeyPem,
        trustAnchorPem,
        crlPem: peersCrlPem,
      },
      ...callers,
      minProtocolVersion: minProtocolVersion(config),
      ...CLIENT_EGRESS,
      ...clusterDomain(config.istioValues),
    },
    // Its Istio objects need the CRDs and the webhook, and must be deleted before them.
    { ...inCluster, dependsOn: istio.ready },
  );
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
      applicationNamespace: application.metadata.name,
    },
    // Kiali reads Istio's objects, so it needs the CRDs.
    { ...inCluster, dependsOn: istio.ready },
  );
  return {
    hosts,
    // Users put it into the server's ingressSourceRanges.
    ...(natAddress && { natAddress }),
    ...(signingRequestPem && { signingRequestPem }),
    ...(crlPem && { crlPem }),
    ...istioOutput(config),
    ...observability,
  };
}

/** @throws Error when the server would refuse the identity that this stack is going to have */
function requireAdmittedIdentity(
  config: ClientConfig,
  { client }: Server,
  gatewayNamespace: string,
) {
  const principal = workloadPrincipal(config.trustDomain, gatewayNamespace, EGRESS_GATEWAY);
  if (client.principal === principal) return;
  throw new pulumi.RunError(
    `The server admits "${config.clientName}" as "${client.principal}", but this stack's egress gateway is "${principal}": ` +
      "make trustDomain, namespace and serviceAccount of the server's client agree with this stack's trustDomain, namespace and egressGateway.",
  );
}

/** @throws Error when a host is asked for that the server does not serve, or not to this client */
function requireAllowedHosts(config: ClientConfig, server: Server): readonly string[] {
  const refused = config.hosts.filter((host) => !server.hosts.includes(host));
  if (refused.length === 0) return config.hosts.length > 0 ? config.hosts : server.hosts;
  const unknown = refused.filter((host) => !server.servedHosts.includes(host));
  const remedy =
    unknown.length > 0
      ? `add ${unknown.join(", ")} to the server's services`
      : `add them to hosts of the client "${config.clientName}" in the server's clients`;
  throw new pulumi.RunError(
    `hosts: must be hosts that the server lets "${config.clientName}" call, ${server.hosts.join(", ")} ` +
      `(got ${refused.join(", ")}): remove the others, or ${remedy} and run \`pulumi up -s server\`.`,
  );
}
