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

/** Names of the objects on the path from the client mesh to the server of `serverStack`. */
export const CLIENT_EGRESS = {
  objectPrefix: "server-egress",
  credentialName: CLIENT_CREDENTIAL,
} as const;

/** Prefix of the names of the objects on the paths to all other servers. */
export const ADDITIONAL_EGRESS = "egress-to-";

/** Names of the objects on the path from the client mesh to the server `name` of `additionalServers`. */
export function additionalEgress(name: string) {
  return {
    objectPrefix: `${ADDITIONAL_EGRESS}${doubleHyphens(name)}`,
    credentialName: `${CLIENT_CREDENTIAL}-${name}`,
  };
}

/**
 * The name of a server, as part of another name. A single hyphen ends it, so that the names for `shop` never start like
 * those for `shop-eu`.
 */
export function doubleHyphens(name: string): string {
  return name.replaceAll("-", "--");
}

/**
 * Name of the object that a stack reads of an Istio that it did not install. A refresh reports it as changed, because Pulumi
 * reads an object without inputs, and a refresh finds them.
 */
export const EXISTING_ISTIO = "existing-istio";
