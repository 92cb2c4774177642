/** Types of resources that rules look at, by the engine's names. */

export const CLUSTER = "gcp:container/cluster:Cluster";
export const NODE_POOL = "gcp:container/nodePool:NodePool";

export const PRIVATE_KEY = "tls:index/privateKey:PrivateKey";
export const LOCALLY_SIGNED = "tls:index/locallySignedCert:LocallySignedCert";
export const SELF_SIGNED = "tls:index/selfSignedCert:SelfSignedCert";

export const SECRET = "kubernetes:core/v1:Secret";
export const SERVICE = "kubernetes:core/v1:Service";
export const RELEASE = "kubernetes:helm.sh/v3:Release";

/** A kind of Istio's, in every version that its API servers take. */
function istio(group: string, kind: string): readonly string[] {
  return ["v1", "v1beta1", "v1alpha3"].map(
    (version) => `kubernetes:${group}.istio.io/${version}:${kind}`,
  );
}

export const GATEWAY = istio("networking", "Gateway");
export const VIRTUAL_SERVICE = istio("networking", "VirtualService");
export const SERVICE_ENTRY = istio("networking", "ServiceEntry");
export const DESTINATION_RULE = istio("networking", "DestinationRule");
export const SIDECAR = istio("networking", "Sidecar");
export const PEER_AUTHENTICATION = istio("security", "PeerAuthentication");
export const AUTHORIZATION_POLICY = istio("security", "AuthorizationPolicy");
