import type { Check } from "../../check";
import type { AuthorizationPolicySpec } from "../../runner/istio-objects";
import { getObject, type Kubectl } from "../../toolkit/kubectl";

/** Names of the labels by which a namespace asks for sidecars. */
const INJECTION_LABELS = ["istio.io/rev", "istio-injection"];

/** The callers in the policy exist, and can have sidecars. Their namespaces may be those of other teams. */
export const callers: readonly Check[] = [
  {
    slug: "egress/callers",
    title: "the callers that the egress gateway admits",
    requirement: "callers-only",
    expected: "each is a service account in a namespace with a label for sidecars",
    why: "The gateway knows callers by their sidecars' certificates.",
    threat:
      "A name that nobody uses is admitted, so anyone who creates a service account with it calls the server.",
    async run({ meshes: { client } }) {
      const { kubectl, egressGateway, objectPrefix } = client;
      const { spec } = await getObject<{ spec: AuthorizationPolicySpec }>(kubectl, [
        ...["authorizationpolicy", `${objectPrefix}-callers-only`],
        ...["-n", egressGateway.namespace],
      ]);
      const identities = listCallers(spec);
      const problems = await Promise.all(identities.map((each) => findProblem(kubectl, each)));
      const found = problems.filter((problem) => problem !== undefined);
      return {
        pass: identities.length > 0 && found.length === 0,
        observed:
          found.length > 0
            ? found.join(", ")
            : `${identities.length} of ${identities.length} can have a sidecar`,
      };
    },
  },
];

/** The identities that a policy excepts from its refusal, each once. */
export function listCallers({ rules = [] }: AuthorizationPolicySpec): readonly string[] {
  const identities = rules.flatMap(({ from = [] }) =>
    from.flatMap(({ source }) => source.notPrincipals ?? []),
  );
  return [...new Set(identities)];
}

async function findProblem(kubectl: Kubectl, identity: string): Promise<string | undefined> {
  const [, namespace = "", account = ""] = /\/ns\/([^/]+)\/sa\/([^/]+)$/.exec(identity) ?? [];
  const get = (args: readonly string[]) =>
    kubectl(["get", ...args, "--ignore-not-found", "-o", "json"]);
  const [space, serviceAccount] = await Promise.all([
    get(["namespace", namespace]),
    get(["serviceaccount", account, "-n", namespace]),
  ]);
  if (space.stdout.trim() === "") return `namespace ${namespace} does not exist`;
  const { metadata } = JSON.parse(space.stdout) as {
    metadata: { labels?: Readonly<Record<string, string>> };
  };
  if (!INJECTION_LABELS.some((label) => metadata.labels?.[label] !== undefined)) {
    return `namespace ${namespace} has no label for sidecars`;
  }
  return serviceAccount.stdout.trim() === ""
    ? `service account ${namespace}/${account} does not exist`
    : undefined;
}
