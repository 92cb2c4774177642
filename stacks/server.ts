import * as k8s from "@pulumi/kubernetes";

import { CertHierarchy } from "../components/pki/cert-hierarchy";
import type { IngressExposure } from "../components/mtls/ingress-service";
import { IstioInstall } from "../components/istio/istio-install";
import { Httpbin } from "../components/samples/httpbin";
import { ServerIngressMtls } from "../components/mtls/server-ingress-mtls";
import { workloadPrincipal } from "../components/istio/principal";
import type { ClientAdmission, ServerConfig } from "../config";
import { applicationNamespace, type MeshCluster, meshCluster } from "./mesh";
import { observed } from "./observed";
import { type AdmittedClientOutput, serverOutputs } from "./contract";

/** Namespace of the ingress gateway: apart from the control plane, and from whatever it leads to. */
const INGRESS_NAMESPACE = "istio-ingress";
const INGRESS_GATEWAY = "istio-ingressgateway";

/** The `server` stack: cluster, certificates, mesh, ingress. */
export function server(config: ServerConfig): Record<string, unknown> {
  const cluster = meshCluster("server", config);
  const { provider } = cluster;
  const inCluster = { providers: [provider] };

  const hosts = config.services.map(({ host }) => host);
  const admitted = config.clients.map(admission);

  const certificates = new CertHierarchy("certs", {
    rootCommonName: config.rootCommonName,
    hosts,
    clients: config.clients,
    lifetimes: config.lifetimes,
    protectRoot: config.protectRoot,
  });
  const gatewayNamespace = new k8s.core.v1.Namespace(
    "ingress",
    { metadata: { name: INGRESS_NAMESPACE } },
    { provider },
  );
  const application = applicationNamespace("application", config, { provider });
  const istio = new IstioInstall(
    "istio",
    {
      trustDomain: config.trustDomain,
      ca: certificates.serverCa,
      rootCertPem: certificates.rootCertPem,
      revisions: config.revisions.controlPlanes,
      values: config.values,
      gateways: [
        {
          gatewayName: INGRESS_GATEWAY,
          namespace: gatewayNamespace.metadata.name,
          service: "none",
          revision: config.revisions.gateways,
        },
      ],
    },
    inCluster,
  );
  const ingress = new ServerIngressMtls(
    "ingress",
    {
      gateway: istio.gateway(INGRESS_GATEWAY),
      exposure: exposure(config, cluster),
      services: config.services,
      clients: admitted,
      credential: {
        chainPem: certificates.serverLeaf.chainPem,
        privateKeyPem: certificates.serverLeaf.privateKeyPem,
        trustAnchorPem: certificates.rootCertPem,
      },
      minProtocolVersion: config.minProtocolVersion,
    },
    inCluster,
  );
  if (config.sampleService) {
    new Httpbin(
      "httpbin",
      { namespace: application.metadata.name, revision: config.revisions.workloads.name },
      // Sidecars come from istiod's injector.
      { ...inCluster, dependsOn: istio.controlPlanes },
    );
  }
  const observability = observed(
    config,
    {
      end: "ingress",
      gateway: istio.gateway(INGRESS_GATEWAY),
      application: application.metadata.name,
    },
    // Kiali reads Istio's objects.
    { ...inCluster, dependsOn: istio.controlPlanes },
  );

  return {
    ...serverOutputs(
      {
        ingressAddress: ingress.address,
        ingressPort: ingress.port,
        hosts,
        rootCertPem: certificates.rootCertPem,
        serverCaCertPem: certificates.serverCa.certPem,
        clients: admitted,
      },
      certificates.clients,
    ),
    ...observability,
  };
}

/** How clients reach the ingress: on GKE, by the reserved address on a backend service-based load balancer. */
function exposure({ exposure }: ServerConfig, { ingressAddress }: MeshCluster): IngressExposure {
  if (exposure.type === "NodePort" || ingressAddress === undefined) return exposure;
  return { ...exposure, address: ingressAddress, annotations: BACKEND_SERVICE_BASED };
}

/** @see https://cloud.google.com/kubernetes-engine/docs/concepts/service-load-balancer#rbs-lb-service */
const BACKEND_SERVICE_BASED = { "cloud.google.com/l4-rbs": "enabled" };

/** A client by what its gateway's certificate must say. */
function admission(client: ClientAdmission): AdmittedClientOutput {
  const { name, dnsName, trustDomain, namespace, serviceAccount } = client;
  return { name, dnsName, principal: workloadPrincipal(trustDomain, namespace, serviceAccount) };
}
