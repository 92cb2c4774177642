/** What the node agent may do: a kubelet's work, and the part of a cloud controller that sets addresses. */
export const NODE_ACCESS = `apiVersion: rbac.authorization.k8s.io/v1
kind: ClusterRole
metadata: { name: lab:node }
rules:
  - { apiGroups: [""], resources: [pods, secrets, configmaps, services, nodes], verbs: [get, list, watch] }
  - { apiGroups: [""], resources: [nodes], verbs: [create, update, patch] }
  # The finalizer that keeps a Service until its address is given back.
  - { apiGroups: [""], resources: [services], verbs: [patch] }
  - { apiGroups: [""], resources: [nodes/status, services/status], verbs: [update, patch] }
  - { apiGroups: [""], resources: [pods], verbs: [delete] }
  - { apiGroups: [""], resources: [pods/status], verbs: [update, patch] }
  - { apiGroups: [""], resources: [serviceaccounts/token], verbs: [create] }
  - { apiGroups: ["", events.k8s.io], resources: [events], verbs: [create, update, patch] }
  - { apiGroups: [coordination.k8s.io], resources: [leases], verbs: [get, create, update, patch] }
---
apiVersion: rbac.authorization.k8s.io/v1
kind: ClusterRoleBinding
metadata: { name: lab:node }
roleRef: { apiGroup: rbac.authorization.k8s.io, kind: ClusterRole, name: lab:node }
subjects: [{ apiGroup: rbac.authorization.k8s.io, kind: User, name: lab:node }]
`;
