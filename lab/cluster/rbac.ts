import type { Manifest } from "./api-client";

const GROUP = "rbac.authorization.k8s.io";

interface Rule {
  readonly apiGroups: readonly string[];
  readonly resources: readonly string[];
  readonly verbs: readonly string[];
}

/** Builds a ClusterRole, and a binding of the same name that grants it to a subject. */
export function buildClusterRole(
  name: string,
  rules: readonly Rule[],
  subject: Readonly<Record<string, string>>,
): Manifest[] {
  const apiVersion = `${GROUP}/v1`;
  const metadata = { name };
  return [
    {
      path: `/apis/${apiVersion}/clusterroles/${name}`,
      object: { apiVersion, kind: "ClusterRole", metadata, rules },
    },
    {
      path: `/apis/${apiVersion}/clusterrolebindings/${name}`,
      object: {
        apiVersion,
        kind: "ClusterRoleBinding",
        metadata,
        roleRef: { apiGroup: GROUP, kind: "ClusterRole", name },
        subjects: [subject],
      },
    },
  ];
}

/** Builds the subject for a user, who has the same name at the API server. */
export const buildUser = (name: string) => ({ apiGroup: GROUP, kind: "User", name });
