/** What other programs import: the components, and what their arguments are made of. */
export { CertHierarchy, type CertHierarchyArgs } from "./pki/cert-hierarchy";
export { ClientEgressMtls, type ClientEgressMtlsArgs } from "./mtls/client-egress-mtls";
export { GkeCluster, type GkeClusterArgs } from "./gke/gke-cluster";
export { IstioInstall, type IstioInstallArgs } from "./istio/istio-install";
export { Network, type NetworkArgs } from "./gke/network";
export { GatewayLeaf, type GatewayLeafArgs } from "./pki/gateway-leaf";
export { workloadPrincipal } from "./istio/principal";
export { Observability, type ObservabilityArgs } from "./observability/observability";
export { ServerIngressMtls, type ServerIngressMtlsArgs } from "./mtls/server-ingress-mtls";
