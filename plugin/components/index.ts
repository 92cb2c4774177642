// The components of the package, by name. `npm run docs` makes the schema from this list.
export { construct as CertHierarchy } from "./cert-hierarchy";
export { construct as ClientEgressMtls } from "./client-egress-mtls";
export { construct as GatewayLeaf } from "./gateway-leaf";
export { construct as GkeCluster } from "./gke-cluster";
export { construct as IstioInstall } from "./istio-install";
export { construct as ServerIngressMtls } from "./server-ingress-mtls";
