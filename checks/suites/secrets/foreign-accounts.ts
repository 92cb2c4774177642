import { ROOT_NAMESPACE } from "../../../components/istio/root-namespace";
import type { Check } from "../../check";
import type { Cluster, GatewayWorkload, Mesh, Meshes } from "../../meshes";
import { getObject, lastLine } from "../../toolkit/kubectl";

/** Only a gateway reads its certificate's key, and only the control plane reads the mesh's CA key. */
export const foreignAccounts: readonly Check[] = [
  expectForbidden({
    slug: "secrets/egress-gateway-secret",
    title: "the egress gateway's Secret, read by other service accounts",
    why: "Only the egress gateway reads the key of the client's identity.",
    threat: "A pod that is taken over reads the key and calls the server as the client.",
    secrets: ({ client }) => [gatewaySecret(client, client.egressGateway, client.namespace)],
  }),
  expectForbidden({
    slug: "secrets/ingress-gateway-secret",
    title: "the ingress gateway's Secret, read by other service accounts",
    why: "Only the ingress gateway reads the key of the server's identity.",
    threat: "A pod that is taken over reads the key, with which an attacker acts as the server.",
    secrets: ({ server }) => [
      gatewaySecret(server, server.ingressGateway, server.service.namespace),
    ],
  }),
  expectForbidden({
    slug: "secrets/ca-secrets",
    title: "the CA's Secret of each mesh, read by service accounts of gateways and applications",
    why: "Only the control plane reads the key that signs the certificates of its mesh.",
    threat: "A pod that is taken over issues itself every identity of its mesh.",
    secrets: ({ client, server }) => [
      ...caSecret(client, [client.egressGateway.namespace, client.namespace]),
      ...caSecret(server, [server.ingressGateway.namespace, server.service.namespace]),
    ],
  }),
];

/** A Secret, and who must not read it. */
interface GuardedSecret {
  readonly cluster: Cluster;
  readonly namespace: string;
  readonly name: string;
  /** The account that reads it, as `namespace:name`. The check cannot know the control plane's. */
  readonly owner?: string;
  /** Namespaces whose accounts, except the owner, must not read it. */
  readonly foreignNamespaces: readonly string[];
}

function gatewaySecret(
  cluster: Cluster,
  { namespace, name, credentialName }: GatewayWorkload,
  applicationNamespace: string,
): GuardedSecret {
  return {
    cluster,
    namespace,
    name: credentialName,
    owner: `${namespace}:${name}`,
    foreignNamespaces: [namespace, applicationNamespace],
  };
}

/** None if the mesh has a CA of its own, which may be anywhere. */
function caSecret(cluster: Mesh, foreignNamespaces: readonly string[]): readonly GuardedSecret[] {
  if (cluster.existingIstio) return [];
  return [{ cluster, namespace: ROOT_NAMESPACE, name: "cacerts", foreignNamespaces }];
}

interface ForbiddenSecrets extends Pick<Check, "slug" | "title" | "why" | "threat"> {
  readonly secrets: (meshes: Meshes) => readonly GuardedSecret[];
}

function expectForbidden({ secrets, ...check }: ForbiddenSecrets): Check {
  return {
    ...check,
    requirement: "secrets-forbidden",
    expected: "Forbidden",
    async run({ meshes }) {
      const guarded = secrets(meshes);
      if (guarded.length === 0) return { skipped: "both meshes have CAs of their own" };
      const results = await Promise.all(guarded.map(findProblems));
      const problems = results.flatMap((result) => result.problems);
      const accounts = results.reduce((sum, result) => sum + result.accounts, 0);
      return problems.length > 0
        ? { pass: false, observed: problems.join("; ") }
        : { pass: true, observed: `Forbidden for ${accounts} accounts` };
    },
  };
}

async function findProblems(secret: GuardedSecret) {
  const { cluster, namespace, name, owner } = secret;
  // `-o name`: even if an account can read the Secret, the key does not leave the cluster.
  const read = (what: readonly string[], account?: string) =>
    cluster.kubectl([
      ...["get", ...what, "-n", namespace, "-o", "name"],
      ...(account === undefined ? [] : [`--as=system:serviceaccount:${account}`]),
    ]);
  const control = await read(["secret", name], owner);
  if (control.code !== 0) {
    const reason = `${owner ?? "the check"} cannot read it: ${lastLine(control.stderr)}`;
    return { accounts: 0, problems: [reason] };
  }
  const accounts = await foreignAccountsOf(secret);
  const problems = await Promise.all(
    accounts.map(async (account) => {
      // A list shows the contents too, and is a permission of its own.
      const answers = [await read(["secret", name], account), await read(["secrets"], account)];
      if (answers.some(({ code }) => code === 0)) return [`${account} can read it`];
      const odd = answers.find(({ stderr }) => !stderr.includes("(Forbidden)"));
      return odd ? [lastLine(odd.stderr)] : [];
    }),
  );
  return { accounts: accounts.length, problems: problems.flat() };
}

interface AccountList {
  readonly items: readonly { readonly metadata: { readonly name: string } }[];
}

/** The other accounts of the namespaces, and the default accounts of the Secret's own namespace and of a foreign one. */
async function foreignAccountsOf({
  cluster: { kubectl },
  namespace: own,
  owner,
  foreignNamespaces,
}: GuardedSecret): Promise<readonly string[]> {
  const lists = await Promise.all(
    foreignNamespaces
      // The control plane's accounts read Secrets there, and so does a shared gateway, because a role is for all
      // Secrets of a namespace.
      .filter((namespace) => namespace !== ROOT_NAMESPACE)
      .map(async (namespace) => {
        const args = ["serviceaccounts", "-n", namespace];
        const { items } = await getObject<AccountList>(kubectl, args);
        return items.map(({ metadata }) => `${namespace}:${metadata.name}`);
      }),
  );
  const all = new Set([...lists.flat(), `${own}:default`, "default:default"]);
  return [...all].filter((account) => account !== owner);
}
