import type * as gcp from "@pulumi/gcp";

import { flag } from "../../validation/fields";
import type { Resolved } from "../../validation/rows";

/** Protections that some users have a reason to turn off. */
export const hardeningSettings = {
  /**
   * Whether the cluster is protected from deletion. To destroy it, set this to false and run `pulumi up` first.
   *
   * @default true
   * @see https://www.pulumi.com/registry/packages/gcp/api-docs/container/cluster/#deletionprotection_nodejs
   */
  deletionProtection: flag.default(true),
  /**
   * Whether the project's Binary Authorization policy decides which images may run. A project without a policy of its own
   * allows all images.
   *
   * @default true
   * @see https://cloud.google.com/binary-authorization/docs/overview (CIS GKE 1.4: 5.10.5)
   */
  binaryAuthorization: flag.default(true),
  /**
   * Whether Google checks the cluster's configuration and shows its findings on the security posture dashboard.
   *
   * @default true
   * @see https://cloud.google.com/kubernetes-engine/docs/concepts/about-security-posture-dashboard
   */
  securityPosture: flag.default(true),
};

/**
 * Hardening of every cluster, Standard and Autopilot. Most of it has no setting, because no user benefits from less.
 *
 * @see https://cloud.google.com/kubernetes-engine/docs/how-to/hardening-your-cluster
 */
export function hardening(project: string, settings: Resolved<typeof hardeningSettings>) {
  return {
    deletionProtection: settings.deletionProtection,
    binaryAuthorization: {
      evaluationMode: settings.binaryAuthorization
        ? "PROJECT_SINGLETON_POLICY_ENFORCE"
        : "DISABLED",
    },
    securityPostureConfig: {
      mode: settings.securityPosture ? "BASIC" : "DISABLED",
      // Google has ended its vulnerability scanning of workloads.
      vulnerabilityMode: "VULNERABILITY_DISABLED",
    },

    // Gives pods identities: …/docs/how-to/workload-identity (CIS GKE 1.4: 5.2.2)
    workloadIdentityConfig: { workloadPool: workloadPool(project) },
    // Enforces NetworkPolicies: …/docs/concepts/dataplane-v2 (CIS GKE 1.4: 5.6.7)
    datapathProvider: "ADVANCED_DATAPATH",
    // …/docs/concepts/alias-ips (CIS GKE 1.4: 5.6.2)
    networkingMode: "VPC_NATIVE",

    // Only IAM issues credentials: …/docs/how-to/hardening-your-cluster#restrict_authn_methods (CIS GKE 1.4: 5.8.2)
    masterAuth: { clientCertificateConfig: { issueClientCertificate: false } },
    // …/docs/how-to/hardening-your-cluster#leave_abac_disabled_default_for_110 (CIS GKE 1.4: 5.8.4)
    enableLegacyAbac: false,
    enableKubernetesAlpha: false,
    // Anonymous requests reach only health checks: …/docs/how-to/hardening-your-cluster#restrict-anon-access
    anonymousAuthenticationConfig: { mode: "LIMITED" },
    // No roles for anonymous users or for everyone with a Google account: …/docs/best-practices/rbac#default-roles-groups
    rbacBindingConfig: {
      enableInsecureBindingSystemAuthenticated: false,
      enableInsecureBindingSystemUnauthenticated: false,
    },
    // A Service with an external IP can intercept traffic to it: https://github.com/kubernetes/kubernetes/issues/97076
    serviceExternalIpsConfig: { enabled: false },
    // External load balancers that use backend services need this: …/docs/concepts/service-load-balancer
    addonsConfig: { httpLoadBalancing: { disabled: false } },
  } satisfies gcp.container.ClusterArgs;
}

/** Hardening that Autopilot always has, and that a Standard cluster must request. */
export const standardHardening = {
  // …/docs/how-to/shielded-gke-nodes (CIS GKE 1.4: 5.5.5)
  enableShieldedNodes: true,
  // Flow logs also record traffic between pods on one node: …/docs/how-to/intranode-visibility (CIS GKE 1.4: 5.6.1)
  enableIntranodeVisibility: true,
  // …/docs/how-to/disable-kubelet-readonly-port (CIS GKE 1.4: 3.2.4)
  nodePoolDefaults: { nodeConfigDefaults: { insecureKubeletReadonlyPortEnabled: "FALSE" } },
} satisfies gcp.container.ClusterArgs;

/** Workload identity pool of the project. IAM names the pods of its clusters by it. */
export function workloadPool(project: string): string {
  return `${project}.svc.id.goog`;
}
