/** What other programs import. */
export { ArgsError } from "../validation/args";
export type { Transform } from "./transform";

export { ExistingNetwork, type ExistingNetworkArgs } from "./gke/existing-network";
export { GkeCluster, type GkeClusterArgs } from "./gke/gke-cluster";
export { Network, type NetworkArgs } from "./gke/network";

export { CertHierarchy } from "./pki/cert-hierarchy";
export type { CertHierarchyArgs, ClientMesh } from "./pki/cert-hierarchy-args";
export { GatewayLeaf, type GatewayLeafArgs } from "./pki/gateway-leaf";
export type { Issuer } from "./pki/issuer";
export type { CertificateLifetimes } from "./pki/lifetimes";
export type { Revocation } from "./pki/revocation";
export { RootCa, type RootCaArgs } from "./pki/root-ca";
export { SigningRequest, type SigningRequestArgs } from "./pki/signing-request";

export type { ChartSource } from "./helm/chart-release";
export type { Values } from "./helm/merge-values";

export { ExistingIstio, type ExistingIstioArgs } from "./istio/existing-istio";
export type { GatewayInput, GatewayRef } from "./istio/gateway-ref";
export { type GatewayToInstall, IstioGateway, type IstioGatewayArgs } from "./istio/istio-gateway";
export { IstioInstall } from "./istio/istio-install";
export type { IstioInstallArgs } from "./istio/istio-install-args";
export type { IstioValues } from "./istio/istio-values";
export type { DestinationRuleArgs } from "./istio/objects/destination-rule";
export type { GatewayArgs, TlsProtocol } from "./istio/objects/gateway";
export type { ServiceEntryArgs } from "./istio/objects/service-entry";
export type { VirtualServiceArgs } from "./istio/objects/virtual-service";
export { workloadPrincipal } from "./istio/principal";
export type { IstioRevision } from "./istio/revision";

export type { Caller } from "./mtls/caller";
export type { ClientEgressMtlsArgs, ClientEgressTransforms } from "./mtls/client-egress-args";
export { ClientEgressMtls } from "./mtls/client-egress-mtls";
export { egressNetworkPolicy, type EgressNetworkPolicyArgs } from "./mtls/egress-network-policy";
export type { ExposedService } from "./mtls/exposed-service";
export type { GatewayCredentialArgs } from "./mtls/gateway-credential";
export type { ServerAddress, ServerEndpoint } from "./mtls/server-endpoint";
export type { GatewayServiceArgs } from "./mtls/server/ingress-service";
export type {
  IngressExposure,
  LoadBalancerExposure,
  NodePortExposure,
} from "./mtls/server/exposure";
export type {
  AdmittedClient,
  ServerIngressMtlsArgs,
  ServerIngressTransforms,
} from "./mtls/server-ingress-args";
export { ServerIngressMtls } from "./mtls/server-ingress-mtls";

export { Observability, type ObservabilityArgs } from "./observability/observability";

export { Httpbin } from "./samples/httpbin";
export type { SampleArgs } from "./samples/sample-workload";
export { TestPod } from "./samples/test-pod";
