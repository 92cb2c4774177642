import { CLIENT_CREDENTIAL, SERVER_CREDENTIAL } from "../components/mtls/credential-names";

/** Namespace of the ingress gateway. It is neither the control plane's nor that of a service behind the gateway. */
export const INGRESS_NAMESPACE = "istio-ingress";
/** Name of the ingress gateway, and of the Service that exposes it. */
export const INGRESS_GATEWAY = "istio-ingressgateway";
/** Name of the egress gateway, and of its service account. */
export const EGRESS_GATEWAY = "istio-egressgateway";

/** Names of the objects that open the server mesh. */
export const SERVER_INGRESS = {
  objectPrefix: "server-ingress",
  credentialName: SERVER_CREDENTIAL,
  serviceName: INGRESS_GATEWAY,
} as const;

/** Names of the objects on the path from the client mesh to the server. */
export const CLIENT_EGRESS = {
  objectPrefix: "server-egress",
  credentialName: CLIENT_CREDENTIAL,
} as const;

/**
 * Name of the object that a stack reads of an Istio that it did not install. A refresh reports it as changed, because Pulumi
 * reads an object without inputs, and a refresh finds them.
 */
export const EXISTING_ISTIO = "existing-istio";
