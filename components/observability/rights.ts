import * as k8s from "@pulumi/kubernetes";
import * as pulumi from "@pulumi/pulumi";

type Rules = k8s.types.input.rbac.v1.PolicyRule[];

const READ = ["get", "list", "watch"];

/**
 * What the operator does in its own namespace. Its chart would let it read and write the Secrets of the whole cluster,
 * the mesh's CA key and the gateway's key among them.
 *
 * @see https://prometheus-operator.dev/docs/platform/rbac/#prometheus-operator-rbac
 */
const OPERATOR: Rules = [
  { apiGroups: ["monitoring.coreos.com"], resources: ["*"], verbs: ["*"] },
  { apiGroups: ["apps"], resources: ["statefulsets"], verbs: ["*"] },
  { apiGroups: [""], resources: ["configmaps", "secrets"], verbs: ["*"] },
  { apiGroups: [""], resources: ["pods"], verbs: ["list", "delete"] },
  {
    apiGroups: [""],
    resources: ["services", "services/finalizers"],
    verbs: ["get", "create", "update", "delete"],
  },
];

/** Prometheus finds its Alertmanager, and the parts of the stack, in its own namespace. */
const PROMETHEUS_AT_HOME: Rules = [
  { apiGroups: [""], resources: ["services", "endpoints"], verbs: READ },
  { apiGroups: ["discovery.k8s.io"], resources: ["endpointslices"], verbs: READ },
];

/**
 * What the operator and Prometheus may do: enough for the scrapes of this program, and no Secret outside of their own
 * namespace. Returns what must be there before the operator starts: it looks once.
 */
export function monitoringRights(
  name: string,
  accounts: { readonly operator: string; readonly prometheus: string },
  namespace: pulumi.Input<string>,
  parent: pulumi.Resource,
): pulumi.Resource[] {
  const subjects = (account: string) => [{ kind: "ServiceAccount", name: account, namespace }];
  const apiGroup = "rbac.authorization.k8s.io";

  const inNamespace = (part: string, account: string, rules: Rules) => {
    const metadata = { name: account, namespace };
    const role = new k8s.rbac.v1.Role(`${name}-${part}-role`, { metadata, rules }, { parent });
    return new k8s.rbac.v1.RoleBinding(
      `${name}-${part}-binding`,
      {
        metadata,
        roleRef: { apiGroup, kind: "Role", name: role.metadata.name },
        subjects: subjects(account),
      },
      { parent },
    );
  };
  const inCluster = (part: string, account: string, resource: string) => {
    const metadata = { name: `${account}-${resource}` };
    const rules: Rules = [{ apiGroups: [""], resources: [resource], verbs: READ }];
    const role = new k8s.rbac.v1.ClusterRole(
      `${name}-${part}-cluster-role`,
      { metadata, rules },
      { parent },
    );
    return new k8s.rbac.v1.ClusterRoleBinding(
      `${name}-${part}-cluster-binding`,
      {
        metadata,
        roleRef: { apiGroup, kind: "ClusterRole", name: role.metadata.name },
        subjects: subjects(account),
      },
      { parent },
    );
  };
  return [
    inNamespace("operator", accounts.operator, OPERATOR),
    inCluster("operator", accounts.operator, "namespaces"),
    inNamespace("prometheus", accounts.prometheus, PROMETHEUS_AT_HOME),
    inCluster("prometheus", accounts.prometheus, "pods"),
  ];
}
