import { getObject, type Kubectl, requireOutput } from "../../checks/toolkit/kubectl";
import type { Lever } from "../levers/levers";
import type { Recipe } from "./recipe";

/** What configures routes and refusals. Telemetry stays, because the checks read access logs. */
const KINDS = [
  ...["gateways", "virtualservices", "destinationrules", "serviceentries", "sidecars"].map(
    (plural) => `${plural}.networking.istio.io`,
  ),
  "envoyfilters.networking.istio.io",
  "authorizationpolicies.security.istio.io",
  "peerauthentications.security.istio.io",
  "networkpolicies.networking.k8s.io",
];
const CLUSTER_NAMESPACE = "kube-system";

interface StoredObject {
  readonly apiVersion: string;
  readonly kind: string;
  readonly metadata: {
    readonly name: string;
    readonly namespace: string;
    readonly labels?: object;
    readonly annotations?: object;
  };
  readonly spec?: object;
}

/** The change that puts a recipe's objects in the place of the program's. */
export function replaceObjects(recipe: Recipe): Pick<Lever, "change" | "undo"> {
  const restore: (() => Promise<void>)[] = [];
  return {
    change: async ({ server, client }) => {
      restore.push(await swapObjects(server.kubectl, recipe.server));
      restore.push(await swapObjects(client.kubectl, recipe.client));
    },
    undo: async () => {
      for (const each of restore.splice(0)) await each();
    },
  };
}

/** Puts other objects in the place of the program's. The returned function puts the program's back. */
async function swapObjects(
  kubectl: Kubectl,
  others: readonly object[],
): Promise<() => Promise<void>> {
  const list = await getObject<{ readonly items: readonly StoredObject[] }>(kubectl, [
    KINDS.join(),
    "-A",
  ]);
  const items = list.items
    .filter(({ metadata }) => metadata.namespace !== CLUSTER_NAMESPACE)
    // Without what the API server adds.
    .map(({ apiVersion, kind, metadata: { name, namespace, labels, annotations }, spec }) => ({
      apiVersion,
      kind,
      metadata: { name, namespace, labels, annotations },
      spec,
    }));
  const [own, other] = [items, others].map((objects) =>
    JSON.stringify({ apiVersion: "v1", kind: "List", items: objects }),
  );
  const run = (verb: "create" | "delete", stdin: string | undefined) =>
    requireOutput(kubectl, [verb, "-f", "-"], { stdin: stdin ?? "" });
  await run("delete", own);
  await run("create", other);
  return async () => {
    await run("delete", other);
    await run("create", own);
  };
}
