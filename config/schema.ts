import { z } from "zod";

import { gkeSettings } from "../components/gke/settings";
import { certificateLifetimes } from "../components/pki/lifetimes";
import {
  accountName,
  addressOrNothing,
  chartsPlace,
  chartVersion,
  cidr,
  distinct,
  dnsName,
  eachOnce,
  flag,
  helmValues,
  objectName,
  oneOf,
  orNothing,
  structured,
  text,
  whole,
} from "./fields";
import { observabilitySettings } from "./observability-schema";
import { signingRequestPem } from "../components/pki/signing-request-pem";

/** Namespace and service account of the egress gateway that a client runs unless it says otherwise. */
const CLIENT_NAMESPACE = "httpbin";
const CLIENT_ACCOUNT = "istio-egressgateway";

const service = z.strictObject({
  host: dnsName,
  namespace: objectName,
  service: objectName,
  port: whole(1, 65_535, "port"),
});

const client = z.strictObject({
  name: objectName,
  dnsName,
  trustDomain: dnsName,
  namespace: objectName.default(CLIENT_NAMESPACE),
  serviceAccount: accountName.default(CLIENT_ACCOUNT),
  signingRequestPem: signingRequestPem.optional(),
});

const istioVersion = chartVersion("1.31.0");

const canary = z.strictObject({
  revision: objectName,
  version: istioVersion,
  charts: chartsPlace.optional(),
  serves: oneOf("nothing", "gateways", "everything").default("nothing"),
});

/** Keys of both ends, as the engine hands them over: text, and JSON for what is structured. */
export const commonKeys = {
  cluster: oneOf("gke", "kubeconfig"),
  kubeconfig: z.string(),
  kubeContext: z.string(),
  gke: structured(orNothing(gkeSettings)),
  trustDomain: dnsName,
  namespace: objectName,
  minTlsVersion: oneOf("1.2", "1.3"),
  istioVersion,
  istioRevision: objectName,
  istioCanary: structured(orNothing(canary)),
  istioCharts: chartsPlace,
  istioValues: structured(
    z.strictObject({
      base: helmValues.optional(),
      istiod: helmValues.optional(),
      gateway: helmValues.optional(),
    }),
  ),
  certificates: structured(certificateLifetimes),
  observability: structured(observabilitySettings),
};

/** Keys of the server. */
export const serverKeys = {
  rootCommonName: z.string().min(1, { error: "is empty: give the root a name" }).max(64, {
    error: "is longer than the 64 characters that a common name may have: shorten it",
  }),
  protectRoot: oneOf("onGke", "always", "never"),
  services: structured(
    z
      .array(service)
      .min(1, { error: "is empty: name at least one service for clients to call" })
      .superRefine(distinct("host", ({ host }) => host)),
  ),
  clients: structured(
    z
      .array(client)
      .min(1, { error: "is empty: name at least one client to admit" })
      .superRefine(distinct("name", ({ name }) => name))
      .superRefine(distinct("dnsName", (admitted) => admitted.dnsName))
      .superRefine(distinct("trustDomain", ({ trustDomain }) => trustDomain)),
  ),
  ingressType: oneOf("LoadBalancer", "NodePort"),
  ingressSourceRanges: structured(z.array(cidr)),
  ingressNodeAddress: addressOrNothing,
  // Where Kubernetes has them: https://kubernetes.io/docs/concepts/services-networking/service/#type-nodeport
  ingressNodePort: whole(30_000, 32_767, "node port"),
  sampleService: flag,
};

/** Keys of the client. */
export const clientKeys = {
  serverStack: text(
    (value) => /^[\w.-]+(\/[\w.-]+\/[\w.-]+)?$/.test(value),
    "stack",
    "use its name, or organization/project/stack",
  ),
  clientName: objectName,
  hosts: structured(z.array(dnsName).superRefine(eachOnce)),
  intermediateKey: oneOf("server", "client"),
  egressGateway: oneOf("dedicated", "shared"),
  callers: structured(
    z
      .array(accountName)
      .min(1, { error: "is empty: name the service accounts that may call the server" }),
  ),
  networkPolicy: flag,
  testPod: flag,
};
