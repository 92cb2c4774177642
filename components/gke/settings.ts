import type { NetworkSettings } from "./network";
import type { ControlPlaneSettings } from "./control-plane";
import type { GuardSettings } from "./hardening";
import type { LocationSettings } from "./location";
import type { NodePoolSettings } from "./node-pool";
import type { ObservabilitySettings } from "./observability";
import type { SecretsEncryptionSettings } from "./secrets-encryption";
import type { UpgradeSettings } from "./upgrades";

/** All that a user can say of a GKE cluster and its network. Two keys are required: `project` and `region`. */
export interface GkeSettings
  extends
    NetworkSettings,
    LocationSettings,
    ControlPlaneSettings,
    NodePoolSettings,
    UpgradeSettings,
    GuardSettings,
    SecretsEncryptionSettings,
    ObservabilitySettings {
  /**
   * Name of the cluster: at most 24 lower-case letters, digits and dashes. The name of the nodes' service account is
   * made from it.
   *
   * @default the component's name
   */
  readonly clusterName?: string;
}
