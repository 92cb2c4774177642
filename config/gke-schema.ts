import { z } from "zod";

import type { GkeSettings } from "../components/gke/settings";
import { oneOf } from "../validation/fields";

const text = z.string();
const flag = z.boolean().exactOptional();
const number = z.number().exactOptional();
const texts = z.array(z.string()).exactOptional();

/** Whether the program may enable APIs of the project. */
const apiSettings = {
  /**
   * Whether to enable the APIs that the resources need. Needs the permission `serviceusage.services.enable`; switch
   * it off where someone else enables APIs.
   *
   * @default true
   * @see https://cloud.google.com/service-usage/docs/enable-disable
   */
  enableApis: flag,
};

/** What the subnet logs. */
const flowLogSettings = {
  /**
   * Share of the subnet's connections in the VPC flow logs, from 0 (no logs) to 1. Logging bills by volume.
   *
   * @default 0.1
   * @see https://cloud.google.com/vpc/docs/flow-logs (CIS GKE 1.4: 5.6.1)
   */
  flowLogSampling: number,
};

/** Where the network is, and its ranges, none of which may overlap another. */
const networkSettings = {
  /** Project (id) that everything is created in. */
  project: text,
  /** Region (name, such as `europe-west1`). */
  region: text,
  /**
   * Range of the nodes (IPv4 CIDR): one address per node, four are Google's.
   *
   * @default "10.0.0.0/22" (1,020 nodes)
   * @see https://cloud.google.com/kubernetes-engine/docs/concepts/alias-ips#cluster_sizing
   */
  nodesRange: text.exactOptional(),
  /**
   * Range of the pods (IPv4 CIDR): a /24 per node.
   *
   * @default "10.64.0.0/16" (256 nodes)
   * @see https://cloud.google.com/kubernetes-engine/docs/concepts/alias-ips#cluster_sizing
   */
  podsRange: text.exactOptional(),
  /**
   * Range of the Services (IPv4 CIDR).
   *
   * @default "10.128.0.0/20" (4,096 Services)
   * @see https://cloud.google.com/kubernetes-engine/docs/concepts/alias-ips#cluster_sizing
   */
  servicesRange: text.exactOptional(),
  /**
   * Range of the control plane (IPv4 CIDR, a /28). The firewall lets all of it reach Istio's webhooks.
   *
   * @default "172.16.0.0/28"
   * @see https://cloud.google.com/kubernetes-engine/docs/how-to/legacy/network-isolation
   */
  controlPlaneRange: text.exactOptional(),
};

/** What kind of cluster it is, and where its control plane and nodes are. */
const locationSettings = {
  /**
   * Who runs the nodes: `standard` (a node pool of the program's) or `autopilot` (Google, billed by what pods ask
   * for). Changing it replaces the cluster.
   *
   * @default "standard"
   * @see https://cloud.google.com/kubernetes-engine/docs/concepts/choose-cluster-mode
   */
  mode: oneOf("standard", "autopilot").exactOptional(),
  /**
   * Where the control plane is: in one zone (`zonal`, within the free tier, away during its upgrades), or in three
   * (`regional`, for production). Autopilot is always regional. Changing it replaces the cluster.
   *
   * @default "zonal"; "regional" in Autopilot
   * @see https://cloud.google.com/kubernetes-engine/docs/concepts/configuration-overview#availability
   */
  locationType: oneOf("zonal", "regional").exactOptional(),
  /**
   * Zones of the nodes (names, such as `europe-west1-b`). The first one is also that of a zonal control plane. Not in
   * Autopilot.
   *
   * @default zone `b` of the region; when regional, three zones that Google chooses
   */
  zones: texts,
};

/** Who reaches the control plane. */
const controlPlaneSettings = {
  /**
   * How the control plane is reached: `dns` (by a name, from anywhere, by whoever IAM lets connect; it has no address
   * of its own) or `authorizedNetworks` (by its address, from listed networks). Google and the CIS benchmark (GKE
   * 2.0: 5.6.4) prefer the name.
   *
   * @default "dns"
   * @see https://cloud.google.com/kubernetes-engine/docs/concepts/network-isolation
   */
  controlPlaneAccess: oneOf("dns", "authorizedNetworks").exactOptional(),
  /**
   * With `authorizedNetworks`, the networks. Name the one that runs `pulumi` as well.
   *
   * @default []
   * @see https://cloud.google.com/kubernetes-engine/docs/how-to/latest/network-isolation
   */
  authorizedNetworks: z
    .array(
      z.strictObject({
        /** Range of addresses (IPv4 CIDR). */
        cidr: text,
        /** Name for people to know it by. */
        name: text,
      }),
    )
    .exactOptional(),
  /**
   * With `authorizedNetworks`, whether the address is a private one, so that only the VPC and what is joined to it
   * (VPN, Interconnect) reaches it.
   *
   * @default false
   * @see https://cloud.google.com/kubernetes-engine/docs/how-to/latest/network-isolation
   */
  privateEndpoint: flag,
};

/** What the nodes are, and how many. Not in Autopilot. */
const nodePoolSettings = {
  /**
   * Machine type of the nodes. Istio's control plane, a gateway and the system's pods fit on one `e2-standard-2`.
   *
   * @default "e2-standard-2" (2 vCPUs, 8 GB)
   * @see https://cloud.google.com/compute/docs/general-purpose-machines
   */
  machineType: text.exactOptional(),
  /**
   * Size of a node's boot disk (GB). It is a balanced disk; a standard one of this size is too slow for a node.
   *
   * @default 50
   * @see https://cloud.google.com/kubernetes-engine/docs/how-to/custom-boot-disks
   */
  diskSizeGb: number,
  /**
   * Key of Cloud KMS that encrypts the boot disks, in the cluster's region:
   * `projects/…/locations/…/keyRings/…/cryptoKeys/…`. Compute Engine's service agent
   * (`service-PROJECT_NUMBER@compute-system.iam.gserviceaccount.com`) must have the role
   * `roles/cloudkms.cryptoKeyEncrypterDecrypter` for it.
   *
   * @default Google's own keys
   * @see https://cloud.google.com/kubernetes-engine/docs/how-to/using-cmek#boot-disks (CIS GKE 1.4: 5.9.1)
   */
  bootDiskKey: text.exactOptional(),
  /**
   * Fewest nodes, over all zones.
   *
   * @default 1
   * @see https://cloud.google.com/kubernetes-engine/docs/concepts/cluster-autoscaler
   */
  minNodes: number,
  /**
   * Most nodes, over all zones.
   *
   * @default 3
   * @see https://cloud.google.com/kubernetes-engine/docs/concepts/cluster-autoscaler
   */
  maxNodes: number,
  /**
   * Whether nodes are spot machines: much cheaper, and Google may take each away at any time, with 30 seconds'
   * notice.
   *
   * @default false
   * @see https://cloud.google.com/kubernetes-engine/docs/concepts/spot-vms
   */
  spot: flag,
  /**
   * How many nodes an upgrade adds at a time.
   *
   * @default 1
   * @see https://cloud.google.com/kubernetes-engine/docs/concepts/node-pool-upgrade-strategies#surge
   */
  upgradeMaxSurge: number,
  /**
   * How many nodes an upgrade may take away before their successors are ready.
   *
   * @default 0
   * @see https://cloud.google.com/kubernetes-engine/docs/concepts/node-pool-upgrade-strategies#surge
   */
  upgradeMaxUnavailable: number,
};

/** How the cluster stays up to date. */
const upgradeSettings = {
  /**
   * Release channel, which upgrades control plane and nodes by itself.
   *
   * @default "REGULAR"
   * @see https://cloud.google.com/kubernetes-engine/docs/concepts/release-channels (CIS GKE 1.4: 5.5.4)
   */
  releaseChannel: oneOf("RAPID", "REGULAR", "STABLE", "EXTENDED").exactOptional(),
  /**
   * When upgrades may happen.
   *
   * @default Saturdays and Sundays, 01:00 to 09:00 UTC
   * @see https://cloud.google.com/kubernetes-engine/docs/concepts/maintenance-windows-and-exclusions
   */
  maintenanceWindow: z
    .strictObject({
      /** Days of the week, such as `["SA", "SU"]`. */
      days: z.array(oneOf("MO", "TU", "WE", "TH", "FR", "SA", "SU")),
      /** When it starts (UTC, such as `01:00`). */
      start: text,
      /** How long it lasts (hours), from 4 to 24. Google asks for 48 hours in any 32 days. */
      hours: z.number(),
    })
    .exactOptional(),
  /**
   * Times in which it is not upgraded, such as a freeze before a holiday. Google overrides them for severe
   * vulnerabilities.
   *
   * @default none
   * @see https://cloud.google.com/kubernetes-engine/docs/concepts/maintenance-windows-and-exclusions#exclusions
   */
  maintenanceExclusions: z
    .array(
      z.strictObject({
        /** Its name, which no other of the cluster has. */
        name: text,
        /** When it starts (UTC, such as `2026-12-01T00:00:00Z`). */
        start: text,
        /**
         * When it ends, likewise. Needed with `NO_UPGRADES`.
         *
         * @default when Google's support of the cluster's minor version ends
         */
        end: text.exactOptional(),
        /** What is held back: everything, minor versions, or minor versions and whatever touches nodes. */
        scope: oneOf("NO_UPGRADES", "NO_MINOR_UPGRADES", "NO_MINOR_OR_NODE_UPGRADES"),
      }),
    )
    .exactOptional(),
};

/** Guards that a user may have a reason to differ in. */
const guardSettings = {
  /**
   * Whether the cluster cannot be deleted. To destroy it, set it to false and run `pulumi up` first.
   *
   * @default true
   * @see https://www.pulumi.com/registry/packages/gcp/api-docs/container/cluster/#deletionprotection_nodejs
   */
  deletionProtection: flag,
  /**
   * Whether images are held to the project's Binary Authorization policy; until someone writes one, it admits all.
   *
   * @default true
   * @see https://cloud.google.com/binary-authorization/docs/overview (CIS GKE 1.4: 5.10.5)
   */
  binaryAuthorization: flag,
  /**
   * Whether Google checks the cluster's configuration and shows what it finds on the security posture dashboard.
   *
   * @default true
   * @see https://cloud.google.com/kubernetes-engine/docs/concepts/about-security-posture-dashboard
   */
  securityPosture: flag,
};

/** How Secrets are encrypted where the control plane stores them. */
const secretsEncryptionSettings = {
  /**
   * Key that encrypts the Kubernetes Secrets in the control plane's store, on top of Google's encryption of its
   * disks: `create` makes one in the cluster's region, rotated every 90 days; `none` leaves it at Google's; else the
   * name of a key in that region, `projects/…/locations/…/keyRings/…/cryptoKeys/…`, for which GKE's service agent
   * (`service-PROJECT_NUMBER@container-engine-robot.iam.gserviceaccount.com`) must have the role
   * `roles/cloudkms.cryptoKeyEncrypterDecrypter`. Google keeps the name of a key ring for ever: after `pulumi
   * destroy` the one that was made is empty, and free.
   *
   * @default "create"
   * @see https://cloud.google.com/kubernetes-engine/docs/how-to/encrypting-secrets (CIS GKE 1.4: 5.3.1)
   */
  secretsKey: text.exactOptional(),
};

/** What the cluster tells of itself, and how its cost is told apart. */
const observabilitySettings = {
  /**
   * Whose logs go to Cloud Logging. `SYSTEM_COMPONENTS` is always among them. Logging bills by volume.
   *
   * @default ["SYSTEM_COMPONENTS", "WORKLOADS"]
   * @see https://cloud.google.com/kubernetes-engine/docs/concepts/about-logs (CIS GKE 1.4: 5.7.1)
   */
  loggedComponents: z
    .array(oneOf("SYSTEM_COMPONENTS", "WORKLOADS", "APISERVER", "CONTROLLER_MANAGER", "SCHEDULER"))
    .exactOptional(),
  /**
   * Whether Google's managed Prometheus collects the metrics of pods that a `PodMonitoring` selects. It bills by
   * samples. Autopilot always has it.
   *
   * @default true
   * @see https://cloud.google.com/stackdriver/docs/managed-prometheus
   */
  managedPrometheus: flag,
  /**
   * Labels of the cluster, its nodes and its keys, by which bills tell costs apart (lower-case letters, digits, `-`,
   * `_`).
   *
   * @default {}
   * @see https://cloud.google.com/kubernetes-engine/docs/how-to/creating-managing-labels
   */
  labels: z.record(z.string(), z.string()).exactOptional(),
};

/** All that a user can say of a GKE cluster and its network. Two keys are required: `project` and `region`. */
export const gkeSettings: z.ZodType<GkeSettings> = z.strictObject({
  ...apiSettings,
  ...flowLogSettings,
  ...networkSettings,
  ...locationSettings,
  ...controlPlaneSettings,
  ...nodePoolSettings,
  ...upgradeSettings,
  ...guardSettings,
  ...secretsEncryptionSettings,
  ...observabilitySettings,
  /**
   * Name of the cluster: at most 24 lower-case letters, digits and dashes. The name of the nodes' service account is
   * made from it.
   *
   * @default the component's name
   */
  clusterName: text.exactOptional(),
});
