import type { Rule } from "../rule";
import { certCaPathLength } from "./cert-ca-path-length";
import { certCaUsages } from "./cert-ca-usages";
import { certEarlyRenewal } from "./cert-early-renewal";
import { certKeyAlgorithm } from "./cert-key-algorithm";
import { certLeafUsages } from "./cert-leaf-usages";
import { certLifetime } from "./cert-lifetime";
import { certSelfSignedIsRoot } from "./cert-self-signed-is-root";
import { gcpNoBasicRoles } from "./gcp-no-basic-roles";
import { gcpNoOpenFirewall } from "./gcp-no-open-firewall";
import { gcpNoServiceAccountKeys } from "./gcp-no-service-account-keys";
import { gkeAutoRepair } from "./gke-auto-repair";
import { gkeAutoUpgrade } from "./gke-auto-upgrade";
import { gkeBinaryAuthorization } from "./gke-binary-authorization";
import { gkeControlPlaneAccess } from "./gke-control-plane-access";
import { gkeDataplaneV2 } from "./gke-dataplane-v2";
import { gkeDeletionProtection } from "./gke-deletion-protection";
import { gkeIntegrityMonitoring } from "./gke-integrity-monitoring";
import { gkeMetadataServer } from "./gke-metadata-server";
import { gkeNoAbac } from "./gke-no-abac";
import { gkeNoAlpha } from "./gke-no-alpha";
import { gkeNoKubeletReadOnlyPort } from "./gke-no-kubelet-read-only-port";
import { gkeNoLegacyMetadata } from "./gke-no-legacy-metadata";
import { gkeNoStaticCredentials } from "./gke-no-static-credentials";
import { gkeNodeAccount } from "./gke-node-account";
import { gkeNodeImage } from "./gke-node-image";
import { gkeOwnNodePools } from "./gke-own-node-pools";
import { gkePrivateNodes } from "./gke-private-nodes";
import { gkeReleaseChannel } from "./gke-release-channel";
import { gkeSecretsEncryption } from "./gke-secrets-encryption";
import { gkeSecureBoot } from "./gke-secure-boot";
import { gkeShieldedNodes } from "./gke-shielded-nodes";
import { gkeVpcNative } from "./gke-vpc-native";
import { gkeWorkloadIdentity } from "./gke-workload-identity";
import { istioAllowNamesPrincipals } from "./istio-allow-names-principals";
import { istioCredentialNeedsSelector } from "./istio-credential-needs-selector";
import { istioDestinationMutual } from "./istio-destination-mutual";
import { istioGatewayClientNames } from "./istio-gateway-client-names";
import { istioGatewayMutual } from "./istio-gateway-mutual";
import { istioGatewayTlsVersion } from "./istio-gateway-tls-version";
import { istioNoInsecureSkipVerify } from "./istio-no-insecure-skip-verify";
import { istioNoWildcardHost } from "./istio-no-wildcard-host";
import { istioOwnTrustDomain } from "./istio-own-trust-domain";
import { istioRegistryOnly } from "./istio-registry-only";
import { istioSniNeedsNames } from "./istio-sni-needs-names";
import { istioStrictMesh } from "./istio-strict-mesh";
import { istioStrictPeers } from "./istio-strict-peers";
import { keysOnlyInSecrets } from "./keys-only-in-secrets";
import { noOtherIngress } from "./no-other-ingress";
import { onlyIngressExposed } from "./only-ingress-exposed";
import { secretsStaySecret } from "./secrets-stay-secret";

/** All rules of the pack, sorted by name. Each rule has its own file. */
export const rules: readonly Rule[] = [
  certCaPathLength,
  certCaUsages,
  certEarlyRenewal,
  certKeyAlgorithm,
  certLeafUsages,
  certLifetime,
  certSelfSignedIsRoot,
  gcpNoBasicRoles,
  gcpNoOpenFirewall,
  gcpNoServiceAccountKeys,
  gkeAutoRepair,
  gkeAutoUpgrade,
  gkeBinaryAuthorization,
  gkeControlPlaneAccess,
  gkeDataplaneV2,
  gkeDeletionProtection,
  gkeIntegrityMonitoring,
  gkeMetadataServer,
  gkeNoAbac,
  gkeNoAlpha,
  gkeNoKubeletReadOnlyPort,
  gkeNoLegacyMetadata,
  gkeNoStaticCredentials,
  gkeNodeAccount,
  gkeNodeImage,
  gkeOwnNodePools,
  gkePrivateNodes,
  gkeReleaseChannel,
  gkeSecretsEncryption,
  gkeSecureBoot,
  gkeShieldedNodes,
  gkeVpcNative,
  gkeWorkloadIdentity,
  istioAllowNamesPrincipals,
  istioCredentialNeedsSelector,
  istioDestinationMutual,
  istioGatewayClientNames,
  istioGatewayMutual,
  istioGatewayTlsVersion,
  istioNoInsecureSkipVerify,
  istioNoWildcardHost,
  istioOwnTrustDomain,
  istioRegistryOnly,
  istioSniNeedsNames,
  istioStrictMesh,
  istioStrictPeers,
  keysOnlyInSecrets,
  noOtherIngress,
  onlyIngressExposed,
  secretsStaySecret,
];
