import * as k8s from "@pulumi/kubernetes";
import * as pulumi from "@pulumi/pulumi";

type Rules = k8s.types.input.rbac.v1.PolicyRule[];

const READ = ["get", "list", "watch"];

/**
 * What the operator may do in its own namespace. The chart's own ClusterRole would let it read and write all Secrets in
 * the cluster, including the mesh's CA key and the gateway's key.
 *
 * @see https://prometheus-operator.dev/docs/platform/rbac/#prometheus-operator-rbac
 */
const OPERATOR_RULES: Rules = [
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

/** What Prometheus may do in its own namespace: find Alertmanager and the other parts of the stack. */
const PROMETHEUS_RULES: Rules = [
  { apiGroups: [""], resources: ["services", "endpoints"], verbs: READ },
  { apiGroups: ["discovery.k8s.io"], resources: ["endpointslices"], verbs: READ },
];

/** Inputs of {@link monitoringRbac}. */
export interface MonitoringRbacArgs {
  /** Namespace of both service accounts. */
  readonly namespace: pulumi.Input<string>;
  /** Service account of the operator. */
  readonly operatorAccount: string;
  /** Service account of Prometheus. */
  readonly prometheusAccount: string;
}

/**
 * What the operator and Prometheus may do: enough for the program's scrapes, and no access to Secrets outside their own
 * namespace.
 *
 * @returns the bindings. The operator needs them when it starts, because it checks its permissions only then.
 */
export function monitoringRbac(
  name: string,
  args: MonitoringRbacArgs,
  opts: pulumi.CustomResourceOptions,
): pulumi.Resource[] {
  const operator = { namespace: args.namespace, account: args.operatorAccount };
  const prometheus = { namespace: args.namespace, account: args.prometheusAccount };
  return [
    boundRole(`${name}-operator`, { ...operator, rules: OPERATOR_RULES }, opts),
    boundReader(`${name}-operator`, { ...operator, resource: "namespaces" }, opts),
    boundRole(`${name}-prometheus`, { ...prometheus, rules: PROMETHEUS_RULES }, opts),
    boundReader(`${name}-prometheus`, { ...prometheus, resource: "pods" }, opts),
  ];
}

interface Subject {
  readonly namespace: pulumi.Input<string>;
  /** Name of the service account. */
  readonly account: string;
}

const RBAC_GROUP = "rbac.authorization.k8s.io";

/** Grants an account permissions in its own namespace. */
function boundRole(
  name: string,
  args: Subject & { readonly rules: Rules },
  opts: pulumi.CustomResourceOptions,
): k8s.rbac.v1.RoleBinding {
  const metadata = { name: args.account, namespace: args.namespace };
  const role = new k8s.rbac.v1.Role(`${name}-role`, { metadata, rules: args.rules }, opts);
  return new k8s.rbac.v1.RoleBinding(
    `${name}-binding`,
    {
      metadata,
      roleRef: { apiGroup: RBAC_GROUP, kind: "Role", name: role.metadata.name },
      subjects: subjects(args),
    },
    opts,
  );
}

/** Lets an account read one kind of resource in all namespaces. */
function boundReader(
  name: string,
  args: Subject & { readonly resource: "namespaces" | "pods" },
  opts: pulumi.CustomResourceOptions,
): k8s.rbac.v1.ClusterRoleBinding {
  const metadata = { name: `${args.account}-${args.resource}` };
  const rules: Rules = [{ apiGroups: [""], resources: [args.resource], verbs: READ }];
  const role = new k8s.rbac.v1.ClusterRole(`${name}-cluster-role`, { metadata, rules }, opts);
  return new k8s.rbac.v1.ClusterRoleBinding(
    `${name}-cluster-binding`,
    {
      metadata,
      roleRef: { apiGroup: RBAC_GROUP, kind: "ClusterRole", name: role.metadata.name },
      subjects: subjects(args),
    },
    opts,
  );
}

function subjects({ namespace, account }: Subject) {
  return [{ kind: "ServiceAccount", name: account, namespace }];
}
