import * as pulumi from "@pulumi/pulumi";

import { createCertificate, createKey } from "./pki";
import { PUBLIC_KEY } from "./signed-intermediate";

type Inputs = Readonly<Record<string, unknown>>;

/**
 * Computes the outputs that a provider would add to the inputs of a resource, as far as the program reads them. They
 * name the resource, so that a test can see where the program uses them. What the program parses is real.
 */
export function computed(type: string, name: string, inputs: Inputs): object {
  return (
    byType[type]?.(name, inputs) ?? (type.startsWith("kubernetes:") ? kubernetes(name, inputs) : {})
  );
}

const byType: Readonly<Record<string, (name: string, inputs: Inputs) => object>> = {
  "gcp:compute/address:Address": (name) => ({
    address: `address of ${name}`,
    selfLink: `link of ${name}`,
  }),
  "gcp:compute/network:Network": (name) => ({
    name: `${name}-0123456`,
    selfLink: `link of ${name}`,
  }),
  "gcp:compute/subnetwork:Subnetwork": (name) => ({
    name: `${name}-0123456`,
    selfLink: `link of ${name}`,
  }),
  "gcp:compute/router:Router": (name) => ({ name: `${name}-0123456` }),
  "gcp:projects/serviceIdentity:ServiceIdentity": (_name, { service }) => ({
    email: `agent of ${String(service)}`,
    member: `serviceAccount:agent of ${String(service)}`,
  }),
  "gcp:serviceaccount/account:Account": (_name, { accountId, project }) => {
    const email = `${String(accountId)}@${String(project)}.iam.gserviceaccount.com`;
    return { email, member: `serviceAccount:${email}` };
  },
  "gcp:container/cluster:Cluster": (name) => ({
    endpoint: "198.51.100.1",
    privateClusterConfig: { privateEndpoint: "172.16.0.2" },
    // The object also has an (empty) client key, so the plugin marks all of it as secret.
    masterAuth: pulumi.secret({ clusterCaCertificate: `ca of ${name}`, clientKey: "" }),
    controlPlaneEndpointsConfig: {
      dnsEndpointConfig: { endpoint: `${name}.example.gke.goog` },
    },
  }),
  "kubernetes:core/v1:ConfigMap": (name, inputs) => ({
    ...kubernetes(name, inputs),
    // One that the program reads: Istio's.
    ...(inputs["data"] === undefined && { data: { mesh: "trustDomain: platform.example.com" } }),
  }),
  "kubernetes:core/v1:Service": (name, inputs) => {
    const { type, loadBalancerIP } = inputs["spec"] as { type?: string; loadBalancerIP?: string };
    return {
      ...kubernetes(name, inputs),
      ...(type === "LoadBalancer" && {
        status: { loadBalancer: { ingress: [{ ip: loadBalancerIP ?? `address of ${name}` }] } },
      }),
    };
  },
  "random:index/randomPassword:RandomPassword": (name) => ({
    result: pulumi.secret(`password of ${name}`),
  }),
  "tls:index/privateKey:PrivateKey": (name) => ({
    privateKeyPem: pulumi.secret(createKey(name)),
    privateKeyPemPkcs8: pulumi.secret(`PKCS #8 private key of ${name}`),
    publicKeyPem: PUBLIC_KEY,
  }),
  "tls:index/certRequest:CertRequest": (name) => ({ certRequestPem: `request of ${name}` }),
  "tls:index/locallySignedCert:LocallySignedCert": (name) => ({
    certPem: createCertificate(name),
  }),
  "tls:index/selfSignedCert:SelfSignedCert": (name) => ({ certPem: createCertificate(name) }),
};

/** The Kubernetes provider generates a name for an object without one. */
function kubernetes(name: string, inputs: Inputs): object {
  return { metadata: { name, ...(inputs["metadata"] as object | undefined) } };
}
