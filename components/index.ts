/** What other programs import: the components, and what their arguments are made of. */
export { CertHierarchy, type CertHierarchyArgs } from "./cert-hierarchy";
export { ClientEgressMtls, type ClientEgressMtlsArgs } from "./client-egress-mtls";
export { GkeCluster, type GkeClusterArgs } from "./gke-cluster";
export { IstioInstall, type IstioInstallArgs } from "./istio-install";
export { Network, type NetworkArgs } from "./network";
export { GatewayLeaf, type GatewayLeafArgs } from "./pki/gateway-leaf";
export { workloadPrincipal } from "./principal";
export { ServerIngressMtls, type ServerIngressMtlsArgs } from "./server-ingress-mtls";
