import type * as gcp from "@pulumi/gcp";

/** Guards that a user may have a reason to differ in. */
export interface GuardSettings {
  /**
   * Whether the cluster cannot be deleted. To destroy it, set it to false and run `pulumi up` first.
   *
   * @default true
   * @see https://www.pulumi.com/registry/packages/gcp/api-docs/container/cluster/#deletionprotection_nodejs
   */
  readonly deletionProtection?: boolean;
  /**
   * Whether images are held to the project's Binary Authorization policy; until someone writes one, it admits all.
   *
   * @default true
   * @see https://cloud.google.com/binary-authorization/docs/overview (CIS GKE 1.4: 5.10.5)
   */
  readonly binaryAuthorization?: boolean;
  /**
   * Whether Google checks the cluster's configuration and shows what it finds on the security posture dashboard.
   *
   * @default true
   * @see https://cloud.google.com/kubernetes-engine/docs/concepts/about-security-posture-dashboard
   */
  readonly securityPosture?: boolean;
}

/** Whether images are held to the project's policy. */
export function authorizesBinaries({ binaryAuthorization = true }: GuardSettings): boolean {
  return binaryAuthorization;
}

/**
 * Hardening of every cluster, Standard and Autopilot, without settings of its own: no user gains by less.
 *
 * @see https://cloud.google.com/kubernetes-engine/docs/how-to/hardening-your-cluster
 */
export function hardening(project: string, settings: GuardSettings) {
  return {
    deletionProtection: settings.deletionProtection ?? true,
    binaryAuthorization: {
      evaluationMode: authorizesBinaries(settings)
        ? "PROJECT_SINGLETON_POLICY_ENFORCE"
        : "DISABLED",
    },
    securityPostureConfig: {
      mode: (settings.securityPosture ?? true) ? "BASIC" : "DISABLED",
      // Google supports its scanning of workloads' packages no longer.
      vulnerabilityMode: "VULNERABILITY_DISABLED",
    },

    // Identities for pods: …/docs/how-to/workload-identity (CIS GKE 1.4: 5.2.2)
    workloadIdentityConfig: { workloadPool: workloadPool(project) },
    // NetworkPolicies that are enforced: …/docs/concepts/dataplane-v2 (CIS GKE 1.4: 5.6.7)
    datapathProvider: "ADVANCED_DATAPATH",
    // …/docs/concepts/alias-ips (CIS GKE 1.4: 5.6.2)
    networkingMode: "VPC_NATIVE",

    // No credential but IAM's: …/docs/how-to/hardening-your-cluster#restrict_authn_methods (CIS GKE 1.4: 5.8.2)
    masterAuth: { clientCertificateConfig: { issueClientCertificate: false } },
    // …/docs/how-to/hardening-your-cluster#leave_abac_disabled_default_for_110 (CIS GKE 1.4: 5.8.4)
    enableLegacyAbac: false,
    enableKubernetesAlpha: false,
    // Strangers see health checks only: …/docs/how-to/hardening-your-cluster#restrict-anon-access
    anonymousAuthenticationConfig: { mode: "LIMITED" },
    // No role for strangers, nor for everyone who has a Google account: …/docs/best-practices/rbac#default-roles-groups
    rbacBindingConfig: {
      enableInsecureBindingSystemAuthenticated: false,
      enableInsecureBindingSystemUnauthenticated: false,
    },
    // A Service that claims an address takes its traffic: https://github.com/kubernetes/kubernetes/issues/97076
    serviceExternalIpsConfig: { enabled: false },
    // What external load balancers by backend services need: …/docs/concepts/service-load-balancer
    addonsConfig: { httpLoadBalancing: { disabled: false } },
  } satisfies gcp.container.ClusterArgs;
}

/** Hardening that a Standard cluster must be told of, and Autopilot has without saying. */
export const standardHardening = {
  // …/docs/how-to/shielded-gke-nodes (CIS GKE 1.4: 5.5.5)
  enableShieldedNodes: true,
  // Flow logs of pods on one node too: …/docs/how-to/intranode-visibility (CIS GKE 1.4: 5.6.1)
  enableIntranodeVisibility: true,
  // …/docs/how-to/disable-kubelet-readonly-port (CIS GKE 1.4: 3.2.4)
  nodePoolDefaults: { nodeConfigDefaults: { insecureKubeletReadonlyPortEnabled: "FALSE" } },
} satisfies gcp.container.ClusterArgs;

/** Pool of the identities that the project's clusters give to pods. */
export function workloadPool(project: string): string {
  return `${project}.svc.id.goog`;
}
