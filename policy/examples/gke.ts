import type { Resource } from "../rule";
import { CLUSTER, NODE_POOL } from "../types";

type Props = Readonly<Record<string, unknown>>;

/** A Standard cluster that passes all rules, with `changes` applied. */
export function cluster(changes: Props = {}): Resource {
  return {
    type: CLUSTER,
    props: {
      ...BOTH_MODES,
      datapathProvider: "ADVANCED_DATAPATH",
      enableShieldedNodes: true,
      removeDefaultNodePool: true,
      ...changes,
    },
  };
}

/** An Autopilot cluster that passes all rules, with `changes` applied. */
export function autopilotCluster(changes: Props = {}): Resource {
  return {
    type: CLUSTER,
    props: {
      ...BOTH_MODES,
      enableAutopilot: true,
      clusterAutoscaling: { autoProvisioningDefaults: { serviceAccount: ACCOUNT } },
      ...changes,
    },
  };
}

/** A node pool that passes all rules, with `changes` applied, and with `node` applied to its `nodeConfig`. */
export function nodePool({ node = {}, ...changes }: Props & { node?: Props } = {}): Resource {
  return {
    type: NODE_POOL,
    props: {
      management: { autoRepair: true, autoUpgrade: true },
      networkConfig: { enablePrivateNodes: true },
      nodeConfig: {
        imageType: "COS_CONTAINERD",
        serviceAccount: ACCOUNT,
        metadata: { "disable-legacy-endpoints": "true" },
        workloadMetadataConfig: { mode: "GKE_METADATA" },
        shieldedInstanceConfig: { enableSecureBoot: true, enableIntegrityMonitoring: true },
        kubeletConfig: { insecureKubeletReadonlyPortEnabled: "FALSE" },
        ...node,
      },
      ...changes,
    },
  };
}

const ACCOUNT = "server-nodes@my-project.iam.gserviceaccount.com";

const BOTH_MODES: Props = {
  deletionProtection: true,
  enableLegacyAbac: false,
  networkingMode: "VPC_NATIVE",
  privateClusterConfig: { enablePrivateNodes: true },
  controlPlaneEndpointsConfig: { ipEndpointsConfig: { enabled: false } },
  workloadIdentityConfig: { workloadPool: "my-project.svc.id.goog" },
  releaseChannel: { channel: "REGULAR" },
  databaseEncryption: { state: "ENCRYPTED", keyName: "projects/…/cryptoKeys/secrets" },
  binaryAuthorization: { evaluationMode: "PROJECT_SINGLETON_POLICY_ENFORCE" },
  masterAuth: { clientCertificateConfig: { issueClientCertificate: false } },
};
