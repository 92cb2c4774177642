import type { Meshes } from "../../checks/meshes";
import { getObject, type Kubectl, requireOutput } from "../../checks/toolkit/kubectl";
import { ROOT_NAMESPACE } from "../../components/istio/root-namespace";
import { podAnnotation, podsPerGateway } from "./pod-levers";

/** A change of the proxies' settings. */
export interface Lever {
  readonly name: string;
  /** Whether the change replaces pods. Then it also waits for the new ones. */
  readonly restartsPods?: boolean;
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
  pools("HTTP/1.1 from the client to both gateways", "client"),
  pools("HTTP/1.1 from the ingress gateway to the sidecar", "server"),
  podsPerGateway("one pod of each gateway", 1),
  // https://istio.io/latest/docs/reference/config/istio.mesh.v1alpha1/#ProxyConfig
  podAnnotation("one worker thread in each proxy", "proxy.istio.io/config", "concurrency: 1"),
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
}

const HTTP1 = '"h2UpgradePolicy":"DO_NOT_UPGRADE"';

/** HTTP/1.1 on all connections that the DestinationRules of one mesh describe. */
function pools(name: string, mesh: "server" | "client"): Lever {
  let originals = "";
  return {
    name,
    change: async (meshes) => {
      const { kubectl } = meshes[mesh];
      const list = await getObject<{ items: Rule[] }>(kubectl, ["destinationrules", "-A"]);
      for (const { metadata } of list.items) delete metadata["resourceVersion"];
      originals = JSON.stringify(list);
      await replace(kubectl, originals.replaceAll('"h2UpgradePolicy":"UPGRADE"', HTTP1));
    },
    undo: (meshes) => replace(meshes[mesh].kubectl, originals),
  };
}

async function replace(kubectl: Kubectl, objects: string): Promise<void> {
  await requireOutput(kubectl, ["replace", "-f", "-"], { stdin: objects });
}
