import { type Check, saw } from "../check";
import { object } from "../toolkit/kubectl";

type Labels = Readonly<Record<string, string>>;

/** A label selector of Kubernetes. */
export interface Selector {
  readonly matchLabels?: Labels;
  readonly matchExpressions?: readonly {
    readonly key: string;
    readonly operator: "In" | "NotIn" | "Exists" | "DoesNotExist";
    readonly values?: readonly string[];
  }[];
}

interface NetworkPolicy {
  readonly metadata: { readonly name: string };
  readonly spec: {
    readonly podSelector: Selector;
    readonly policyTypes?: readonly string[];
    readonly egress?: readonly {
      readonly to?: readonly {
        readonly ipBlock?: { readonly cidr: string };
        readonly namespaceSelector?: Selector;
        readonly podSelector?: Selector;
      }[];
      readonly ports?: readonly { readonly port?: number | string }[];
    }[];
  };
}

interface Pod {
  readonly metadata: { readonly name: string; readonly labels?: Labels };
}

interface List<T> {
  readonly items: readonly T[];
}

/** The network's own fence around the application, for pods whose owner left the sidecar out. */
export const networkPolicy: readonly Check[] = [
  {
    id: 25,
    name: "a NetworkPolicy keeps pods in their cluster",
    expected: "every pod of the namespace but the egress gateway",
    async run({ meshes: { client, enforcesNetworkPolicy } }) {
      const { kubectl, namespace, egressGateway } = client;
      const [policies, pods, gateways] = await Promise.all([
        object<List<NetworkPolicy>>(kubectl, ["networkpolicies", "-n", namespace]),
        object<List<Pod>>(kubectl, ["pods", "-n", namespace]),
        object<List<Pod>>(kubectl, [
          ...["pods", "-n", egressGateway.namespace, "-l", egressGateway.selector],
        ]),
      ]);
      // Where several policies select a pod, it may do what any of them allows.
      const selecting = (pod: Pod) =>
        policies.items.filter(
          ({ spec }) => spec.policyTypes?.includes("Egress") && selects(spec.podSelector, pod),
        );
      const isGateway = (pod: Pod) =>
        gateways.items.some(({ metadata }) => metadata.name === pod.metadata.name);
      const application = pods.items.filter((pod) => !isGateway(pod));
      const free = application.filter((pod) => {
        const held = selecting(pod);
        return held.length === 0 || held.some(({ spec }) => leavesCluster(spec));
      });
      const shut = pods.items.filter((pod) => isGateway(pod) && selecting(pod).length > 0);
      if (application.length === 0) return saw(false, "no pod to look at");
      if (free.length > 0) return saw(false, `not held: ${names(free)}`);
      if (shut.length > 0) return saw(false, `held as well: ${names(shut)}`);
      const enforced = enforcesNetworkPolicy ? "" : "; this cluster's network does not enforce it";
      return saw(true, `holds ${application.length} pods, not the gateway${enforced}`);
    },
  },
];

function names(pods: readonly Pod[]): string {
  return pods.map(({ metadata }) => metadata.name).join(", ");
}

/** Whether a rule allows traffic to leave the cluster for something other than its resolvers. */
function leavesCluster({ egress = [] }: NetworkPolicy["spec"]): boolean {
  return egress.some(({ to = [], ports = [] }) => {
    const dns = ports.length > 0 && ports.every(({ port }) => port === 53);
    return !dns && (to.length === 0 || to.some(({ ipBlock }) => ipBlock !== undefined));
  });
}

/** Whether a selector selects a pod. */
export function selects({ matchLabels = {}, matchExpressions = [] }: Selector, pod: Pod): boolean {
  const labels = pod.metadata.labels ?? {};
  return (
    Object.entries(matchLabels).every(([key, value]) => labels[key] === value) &&
    matchExpressions.every(({ key, operator, values = [] }) => {
      const value = labels[key];
      switch (operator) {
        case "In":
          return value !== undefined && values.includes(value);
        case "NotIn":
          return value === undefined || !values.includes(value);
        case "Exists":
          return value !== undefined;
        case "DoesNotExist":
          return value === undefined;
      }
    })
  );
}
