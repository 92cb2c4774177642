import { Httpbin } from "../components/samples/httpbin";
import { ServerIngressMtls } from "../components/mtls/server-ingress-mtls";
import { keptNamespace } from "../components/kept-namespace";
import { workloadPrincipal } from "../components/istio/principal";
import type { ServerClient, ServerConfig } from "../config";
import { clusterDomain } from "./cluster-domain";
import { applicationNamespace, meshCluster } from "./mesh";
import { istioOutput, requireControlPlane } from "./control-plane";
import { meshIstio } from "./mesh-istio";
import { INGRESS_GATEWAY, INGRESS_NAMESPACE, SERVER_INGRESS } from "./names";
import { warnOfExpiringLists } from "./expiring-lists";
import { ingressExposure } from "./ingress-exposure";
import { observed } from "./observed";
import { requireSafeRoots } from "./previous-roots";
import { type ClientOutput, serverOutputs } from "./contract";
import { serverCertificates } from "./server-certificates";
import { readOwnOutputs } from "./stack-outputs";
import { minProtocolVersion } from "./tls-version";

/** The `server` stack: a cluster, the certificates of all meshes, its mesh, and the ingress for the clients. */
export async function server(config: ServerConfig): Promise<Record<string, unknown>> {
  const previous = await readOwnOutputs();
  if (config.givenCa === undefined) requireSafeRoots(previous, config);
  await warnOfExpiringLists(config.clients);
  const cluster = meshCluster("server", config);
  const { provider } = cluster;
  const inCluster = { providers: [provider] };
  await requireControlPlane(previous, config, { provider });

  const hosts = config.services.map(({ host }) => host);
  const admitted = config.clients.map((client) => admittedClient(client, hosts));

  const certificates = serverCertificates(config, hosts);
  const gatewayNamespace = keptNamespace("ingress", { name: INGRESS_NAMESPACE }, { provider });
  const application = applicationNamespace("application", config, { provider });
  const istio = meshIstio(
    "istio",
    config,
    {
      ca: certificates.serverCa,
      trustAnchorPem: certificates.trustAnchorPem,
      namespace: application.metadata.name,
      gateway: {
        gatewayName: INGRESS_GATEWAY,
        namespace: gatewayNamespace.metadata.name,
        service: "none",
        maxConnectionSeconds: config.maxConnectionSeconds,
        ...(config.maxStreamSeconds > 0 && { maxStreamSeconds: config.maxStreamSeconds }),
        trustedProxies: 1,
      },
    },
    inCluster,
  );
  const ingress = new ServerIngressMtls(
    "ingress",
    {
      gateway: istio.gateway,
      exposure: ingressExposure(config, cluster),
      services: config.services,
      clients: admitted,
      credential: {
        chainPem: certificates.serverLeaf.chainPem,
        privateKeyPem: certificates.serverLeaf.privateKeyPem,
        trustAnchorPem: certificates.trustAnchorPem,
        crlPem: certificates.crlPem,
      },
      minProtocolVersion: minProtocolVersion(config),
      ...SERVER_INGRESS,
      ...clusterDomain(config.istioValues),
    },
    inCluster,
  );
  if (config.sampleService) {
    new Httpbin(
      "httpbin",
      { namespace: application.metadata.name, revision: config.revisions.workloads.name },
      // istiod injects its sidecar.
      { ...inCluster, dependsOn: istio.ready },
    );
  }
  const observability = observed(
    config,
    {
      end: "ingress",
      gateway: istio.gateway,
      applicationNamespace: application.metadata.name,
    },
    // Kiali reads Istio's objects, so it needs the CRDs.
    { ...inCluster, dependsOn: istio.ready },
  );

  return {
    ...serverOutputs(
      {
        ingressAddress: ingress.address,
        ingressAddresses: ingress.addresses,
        ingressPort: ingress.port,
        hosts,
        rootCertPem: certificates.trustAnchorPem,
        ...(config.givenCa === undefined && {
          trustedRoots: config.trustedRoots,
          signingRoot: config.signingRoot,
        }),
        serverCaCertPem: certificates.serverCa.certPem,
        ...(certificates.crlPem && { crlPem: certificates.crlPem }),
        clients: admitted,
      },
      certificates.clients,
    ),
    ...istioOutput(config),
    ...observability,
  };
}

/** What the certificate of a client's gateway must contain, and what the client may call. */
function admittedClient(client: ServerClient, servedHosts: readonly string[]): ClientOutput {
  const { name, dnsName, trustDomain, namespace, serviceAccount, suspended } = client;
  return {
    name,
    dnsName,
    principal: workloadPrincipal(trustDomain, namespace, serviceAccount),
    hosts: client.hosts ?? servedHosts,
    suspended,
  };
}
