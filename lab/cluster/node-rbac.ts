import type { Manifest } from "./api-client";

const RBAC = "rbac.authorization.k8s.io";
const NAME = "lab:node";

/** Builds the role of the node agent: the work of a kubelet, and of a cloud controller that sets addresses. */
export function buildNodeRbacManifests(): Manifest[] {
  const metadata = { name: NAME };
  const core = (resources: string[], verbs: string[]) => ({ apiGroups: [""], resources, verbs });
  return [
    {
      path: `/apis/${RBAC}/v1/clusterroles/${NAME}`,
      object: {
        apiVersion: `${RBAC}/v1`,
        kind: "ClusterRole",
        metadata,
        rules: [
          core(["pods", "secrets", "configmaps", "services", "nodes"], ["get", "list", "watch"]),
          core(["nodes"], ["create", "update", "patch"]),
          // For the finalizer that keeps a Service until its address is released.
          core(["services"], ["patch"]),
          core(["nodes/status", "services/status", "pods/status"], ["update", "patch"]),
          core(["pods"], ["delete"]),
          core(["serviceaccounts/token"], ["create"]),
          {
            apiGroups: ["", "events.k8s.io"],
            resources: ["events"],
            verbs: ["create", "update", "patch"],
          },
          {
            apiGroups: ["coordination.k8s.io"],
            resources: ["leases"],
            verbs: ["get", "create", "update", "patch"],
          },
        ],
      },
    },
    {
      path: `/apis/${RBAC}/v1/clusterrolebindings/${NAME}`,
      object: {
        apiVersion: `${RBAC}/v1`,
        kind: "ClusterRoleBinding",
        metadata,
        roleRef: { apiGroup: RBAC, kind: "ClusterRole", name: NAME },
        subjects: [{ apiGroup: RBAC, kind: "User", name: NAME }],
      },
    },
  ];
}
