import type * as k8s from "@pulumi/kubernetes";

/**
 * Security context that the Pod Security Standard "restricted" requires of a container.
 *
 * @see https://kubernetes.io/docs/concepts/security/pod-security-standards/
 */
export const RESTRICTED: k8s.types.input.core.v1.SecurityContext = {
  allowPrivilegeEscalation: false,
  capabilities: { drop: ["ALL"] },
  readOnlyRootFilesystem: true,
  runAsNonRoot: true,
  runAsUser: 65532,
  seccompProfile: { type: "RuntimeDefault" },
};
