import * as k8s from "@pulumi/kubernetes";
import * as pulumi from "@pulumi/pulumi";

import { CertHierarchy, ServerIngressMtls, workloadPrincipal } from "../../components";

const config = new pulumi.Config();
const host = config.require("host");
const partnerDomain = config.require("partnerDomain");

// The cluster of the current kubeconfig context. The option makes the renewal of a certificate an update in place.
const cluster = new k8s.Provider("cluster", { enableSecretMutable: true });

const certificates = new CertHierarchy("certs", {
  rootCommonName: host,
  hosts: [host],
  // The mesh has a CA already, so only the gateway's leaf comes from this hierarchy.
  trustDomain: host,
  clients: [{ name: "partner", dnsName: partnerDomain, trustDomain: partnerDomain }],
});

const ingress = new ServerIngressMtls(
  "ingress",
  {
    // The gateway that the README installs. The component makes its Service.
    gateway: {
      name: "partner-ingress",
      namespace: "partner-ingress",
      labels: { istio: "partner-ingress" },
    },
    exposure: { type: "LoadBalancer" },
    services: [
      {
        host,
        namespace: config.require("namespace"),
        service: config.require("service"),
        port: config.requireNumber("port"),
      },
    ],
    clients: [
      {
        dnsName: partnerDomain,
        principal: workloadPrincipal(partnerDomain, "shop", "egress-gateway"),
      },
    ],
    credential: {
      chainPem: certificates.serverLeaf.chainPem,
      privateKeyPem: certificates.serverLeaf.privateKeyPem,
      trustAnchorPem: certificates.trustAnchorPem,
    },
    minProtocolVersion: "TLSV1_3",
  },
  { providers: [cluster] },
);

/** Where partners connect. */
export const { address, port } = ingress;
/** The root certificate: trust anchor of both meshes (PEM). */
export const rootCertPem = certificates.trustAnchorPem;

const [partner] = certificates.clients;
/** The partner's intermediate CA (PEM). It signs the certificate of the partner's egress gateway. */
export const partnerCaCertPem = partner?.certPem;
/** The private key of the partner's intermediate CA (PEM), a secret. */
export const partnerCaKeyPem = partner?.privateKeyPem;
