import type { Meshes } from "../../checks/meshes";
import { getObject, type Kubectl, requireOutput } from "../../checks/toolkit/kubectl";
import { ROOT_NAMESPACE } from "../../components/istio/root-namespace";

/** A change of the proxies' settings. */
export interface Lever {
  readonly name: string;
  readonly change: (meshes: Meshes) => Promise<void>;
  readonly undo: (meshes: Meshes) => Promise<void>;
}

/** Each differs from the defaults of the program in one setting. */
export const LEVERS: readonly Lever[] = [
  telemetry("without access logs", {
    accessLogging: [{ providers: [{ name: "envoy" }], disabled: true }],
  }),
  telemetry("access logs of failed requests only", {
    accessLogging: [
      { providers: [{ name: "envoy" }], filter: { expression: "response.code >= 400" } },
    ],
  }),
  telemetry("with Istio's default tracing", { tracing: [{ randomSamplingPercentage: 1 }] }),
  pools("HTTP/1.1 between the proxies", "client", "DO_NOT_UPGRADE"),
  pools("HTTP/2 to the service's sidecar too", "server", "UPGRADE"),
];

/** A Telemetry object for all proxies of both meshes. */
function telemetry(name: string, spec: object): Lever {
  const object = JSON.stringify({
    apiVersion: "telemetry.istio.io/v1",
    kind: "Telemetry",
    metadata: { name: "bench", namespace: ROOT_NAMESPACE },
    spec,
  });
  const inBoth = async ({ server, client }: Meshes, verb: "apply" | "delete") => {
    for (const { kubectl } of [server, client]) {
      await requireOutput(kubectl, [verb, "-f", "-"], { stdin: object });
    }
  };
  return {
    name,
    change: (meshes) => inBoth(meshes, "apply"),
    undo: (meshes) => inBoth(meshes, "delete"),
  };
}

interface Rule {
  readonly metadata: Record<string, unknown>;
  readonly spec: { readonly trafficPolicy?: Policy; readonly subsets?: readonly Subset[] };
}

interface Policy {
  readonly connectionPool?: { readonly http?: { h2UpgradePolicy?: string } };
}

interface Subset {
  readonly name: string;
  readonly trafficPolicy?: Policy;
}

/** Another version of HTTP for all connections that the DestinationRules of one mesh describe, apart from WebSockets'. */
function pools(
  name: string,
  mesh: "server" | "client",
  h2UpgradePolicy: "UPGRADE" | "DO_NOT_UPGRADE",
): Lever {
  let originals = "";
  return {
    name,
    change: async (meshes) => {
      const { kubectl } = meshes[mesh];
      const list = await getObject<{ items: Rule[] }>(kubectl, ["destinationrules", "-A"]);
      for (const { metadata } of list.items) delete metadata["resourceVersion"];
      originals = JSON.stringify(list);
      for (const { spec } of list.items) setVersion(spec, h2UpgradePolicy);
      await replace(kubectl, JSON.stringify(list));
    },
    undo: (meshes) => replace(meshes[mesh].kubectl, originals),
  };
}

async function replace(kubectl: Kubectl, objects: string): Promise<void> {
  await requireOutput(kubectl, ["replace", "-f", "-"], { stdin: objects });
}

function setVersion({ trafficPolicy, subsets = [] }: Rule["spec"], h2UpgradePolicy: string): void {
  const policies = [
    trafficPolicy,
    ...subsets.flatMap(({ name, trafficPolicy: own }) => (name.includes("websocket") ? [] : [own])),
  ];
  for (const policy of policies) {
    if (policy?.connectionPool?.http) policy.connectionPool.http.h2UpgradePolicy = h2UpgradePolicy;
  }
}
