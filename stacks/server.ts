import * as pulumi from "@pulumi/pulumi";

import { CertHierarchy } from "../components/cert-hierarchy";
import { IstioInstall } from "../components/istio-install";
import { Httpbin } from "../components/samples/httpbin";
import { ServerIngressMtls } from "../components/server-ingress-mtls";
import { workloadPrincipal } from "../components/principal";
import type { ClientAdmission, ServerConfig } from "../config";
import { applicationNamespace, gatewayNamespace, meshProvider } from "./mesh";
import { clientCaCertOutput, clientCaKeyOutput, type ServerOutputs } from "./server-outputs";

/** Namespace of the ingress gateway: apart from the control plane, and from whatever it leads to. */
const INGRESS_NAMESPACE = "istio-ingress";
const INGRESS_GATEWAY = "istio-ingressgateway";

/** The `server` stack: cluster, certificates, mesh, ingress. */
export function server(config: ServerConfig): ServerOutputs & Record<string, unknown> {
  const provider = meshProvider("server", config);
  const inCluster = { providers: [provider] };

  const certificates = new CertHierarchy("certs", {
    rootCommonName: config.rootCommonName,
    hosts: config.services.map(({ host }) => host),
    clients: config.clients,
    lifetimes: config.lifetimes,
  });
  const application = applicationNamespace("application", config.namespace, { provider });
  const istio = new IstioInstall(
    "istio",
    {
      trustDomain: config.trustDomain,
      ca: certificates.serverCa,
      rootCertPem: certificates.rootCertPem,
      charts: config.charts,
      values: config.values,
      gateways: [
        {
          gatewayName: INGRESS_GATEWAY,
          namespace: gatewayNamespace("ingress", INGRESS_NAMESPACE, { provider }).metadata.name,
          service: "none",
        },
      ],
    },
    inCluster,
  );
  const ingress = new ServerIngressMtls(
    "ingress",
    {
      gateway: istio.gateway(INGRESS_GATEWAY),
      exposure: config.exposure,
      services: config.services,
      clients: config.clients.map((client) => ({
        dnsName: client.dnsName,
        principal: principal(client),
      })),
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
      { namespace: application.metadata.name },
      // Sidecars come from istiod's injector.
      { ...inCluster, dependsOn: istio.istiod },
    );
  }

  return {
    ingressAddress: ingress.address,
    ingressPort: ingress.port,
    hosts: config.services.map(({ host }) => host),
    rootCertPem: certificates.rootCertPem,
    serverCaCertPem: certificates.serverCa.certPem,
    clients: config.clients.map((client) => ({
      name: client.name,
      dnsName: client.dnsName,
      principal: principal(client),
    })),
    ...handover(certificates),
  };
}

/** Each client's intermediate, as outputs of its own. */
function handover({ clients }: CertHierarchy): Record<string, pulumi.Output<string>> {
  const outputs: Record<string, pulumi.Output<string>> = {};
  for (const { name, certPem, privateKeyPem } of clients) {
    outputs[clientCaCertOutput(name)] = certPem;
    if (privateKeyPem) outputs[clientCaKeyOutput(name)] = pulumi.secret(privateKeyPem);
  }
  return outputs;
}

function principal({ trustDomain, namespace, serviceAccount }: ClientAdmission): string {
  return workloadPrincipal(trustDomain, namespace, serviceAccount);
}
