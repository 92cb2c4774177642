/** Type tokens of the resources that rules check. */

export const CLUSTER = "gcp:container/cluster:Cluster";
export const NODE_POOL = "gcp:container/nodePool:NodePool";

export const PRIVATE_KEY = "tls:index/privateKey:PrivateKey";
export const LOCALLY_SIGNED = "tls:index/locallySignedCert:LocallySignedCert";
export const SELF_SIGNED = "tls:index/selfSignedCert:SelfSignedCert";

export const CONFIG_MAP = "kubernetes:core/v1:ConfigMap";
export const SECRET = "kubernetes:core/v1:Secret";
export const SECRET_PATCH = "kubernetes:core/v1:SecretPatch";
export const SERVICE = "kubernetes:core/v1:Service";
export const SERVICE_PATCH = "kubernetes:core/v1:ServicePatch";

export const RELEASE = "kubernetes:helm.sh/v3:Release";
/** Resources that install a Helm chart: a release, or the objects that Pulumi renders from the chart. */
export const CHART: readonly string[] = [
  RELEASE,
  "kubernetes:helm.sh/v4:Chart",
  "kubernetes:helm.sh/v3:Chart",
];

export const GATEWAY_API_GATEWAY = ["v1", "v1beta1", "v1alpha2"].flatMap((version) =>
  andPatch(`kubernetes:gateway.networking.k8s.io/${version}:Gateway`),
);
export const INGRESS = andPatch("kubernetes:networking.k8s.io/v1:Ingress");

/** An Istio kind and its patch, in all API versions. */
function istio(group: string, kind: string): readonly string[] {
  return ["v1", "v1beta1", "v1alpha3"].flatMap((version) =>
    andPatch(`kubernetes:${group}.istio.io/${version}:${kind}`),
  );
}

export const GATEWAY = istio("networking", "Gateway");
export const VIRTUAL_SERVICE = istio("networking", "VirtualService");
export const SERVICE_ENTRY = istio("networking", "ServiceEntry");
export const DESTINATION_RULE = istio("networking", "DestinationRule");
export const SIDECAR = istio("networking", "Sidecar");
export const PEER_AUTHENTICATION = istio("security", "PeerAuthentication");
export const AUTHORIZATION_POLICY = istio("security", "AuthorizationPolicy");

/** A kind, and Pulumi's resource that patches an existing object of that kind. */
function andPatch(type: string): readonly string[] {
  return [type, `${type}Patch`];
}
