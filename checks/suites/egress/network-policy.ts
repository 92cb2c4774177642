import { BlockList, isIPv4 } from "node:net";

import type { Check } from "../../check";
import { getObject } from "../../toolkit/kubectl";

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

/** The parts of a NetworkPolicy that the checks read. */
export interface NetworkPolicy {
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

/** What `kubectl get` returns for several objects. */
export interface List<T> {
  readonly items: readonly T[];
}

/** The NetworkPolicy that keeps the application's pods inside their cluster. */
export const networkPolicy: readonly Check[] = [
  {
    slug: "egress/network-policy",
    title: "a NetworkPolicy for the application's pods",
    requirement: "no-direct-connection",
    expected: "selects every pod of the namespace except the egress gateway",
    why: "The network blocks pods without a sidecar too.",
    threat: "A pod whose owner disables the sidecar connects to any address.",
    async run({ meshes: { client, ingress } }) {
      const { kubectl, namespace, egressGateway } = client;
      const [policies, pods, gateways] = await Promise.all([
        getObject<List<NetworkPolicy>>(kubectl, ["networkpolicies", "-n", namespace]),
        getObject<List<Pod>>(kubectl, ["pods", "-n", namespace]),
        getObject<List<Pod>>(kubectl, [
          ...["pods", "-n", egressGateway.namespace, "-l", egressGateway.selector],
        ]),
      ]);
      const egressPoliciesOf = (pod: Pod) =>
        policies.items.filter(
          ({ spec }) =>
            spec.policyTypes?.includes("Egress") && matchesSelector(spec.podSelector, pod),
        );
      const isGateway = (pod: Pod) =>
        gateways.items.some(({ metadata }) => metadata.name === pod.metadata.name);
      const application = pods.items.filter((pod) => !isGateway(pod));
      // If several policies select a pod, it can do what any of them allows.
      const unrestricted = application.filter((pod) => {
        const selecting = egressPoliciesOf(pod);
        return (
          selecting.length === 0 ||
          selecting.some(({ spec }) => allowsAddress(spec, ingress.address))
        );
      });
      const blocked = pods.items.filter(
        (pod) => isGateway(pod) && egressPoliciesOf(pod).length > 0,
      );
      if (application.length === 0) {
        return { pass: false, observed: `namespace ${namespace} has no pod` };
      }
      if (unrestricted.length > 0) {
        return { pass: false, observed: `not restricted: ${names(unrestricted)}` };
      }
      if (blocked.length > 0) {
        return { pass: false, observed: `egress gateway restricted too: ${names(blocked)}` };
      }
      return {
        pass: true,
        observed: `selects all pods of the application (${application.length}), not the egress gateway`,
      };
    },
  },
];

function names(pods: readonly Pod[]): string {
  return pods.map(({ metadata }) => metadata.name).join(", ");
}

/** Whether a policy allows connections to an address outside the cluster. DNS is exempt: resolvers may be outside. */
export function allowsAddress({ egress = [] }: NetworkPolicy["spec"], address: string): boolean {
  return egress.some(({ to = [], ports = [] }) => {
    const isDns = ports.length > 0 && ports.every(({ port }) => port === 53);
    return !isDns && (to.length === 0 || to.some(({ ipBlock }) => contains(ipBlock, address)));
  });
}

/** Whether a range contains an address. A name may have any address. */
function contains(ipBlock: { readonly cidr: string } | undefined, address: string): boolean {
  if (ipBlock === undefined) return false;
  if (!isIPv4(address)) return true;
  const [network = "", bits] = ipBlock.cidr.split("/");
  if (!isIPv4(network)) return false;
  const range = new BlockList();
  range.addSubnet(network, Number(bits));
  return range.check(address);
}

/** Whether a label selector matches a pod. */
export function matchesSelector(
  { matchLabels = {}, matchExpressions = [] }: Selector,
  pod: Pod,
): boolean {
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
