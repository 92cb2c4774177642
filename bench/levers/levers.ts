import type { Meshes } from "../../checks/meshes";
import { getObject, type Kubectl, requireOutput } from "../../checks/toolkit/kubectl";
import { SITE_NAMES, type SiteName } from "../../lab/network/address-plan";
import { meshSetting, podAnnotation, podsPerGateway } from "./pod-levers";

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
  objects(
    "access logs of all requests in all four proxies",
    "telemetries",
    SITE_NAMES,
    withoutFilter,
  ),
  objects("no access logs", "telemetries", SITE_NAMES, disabled),
  meshSetting("with Istio's default tracing", "enableTracing: false", "enableTracing: true"),
  objects("HTTP/1.1 from the client to both gateways", "destinationrules", ["client"], withHttp1),
  objects(
    "HTTP/1.1 from the ingress gateway to the sidecar",
    "destinationrules",
    ["server"],
    withHttp1,
  ),
  podsPerGateway("one pod of each gateway", 1),
  // https://istio.io/latest/docs/reference/config/istio.mesh.v1alpha1/#ProxyConfig
  podAnnotation("one worker thread in each proxy", "proxy.istio.io/config", "concurrency: 1"),
];

interface IstioObject {
  readonly metadata: Record<string, unknown>;
  readonly spec: object;
}

/** A change of all objects of a resource in some of the meshes. */
function objects(
  name: string,
  resource: string,
  inMeshes: readonly SiteName[],
  edit: (spec: object) => object,
): Lever {
  const originals = new Map<string, string>();
  return {
    name,
    change: async (meshes) => {
      for (const mesh of inMeshes) {
        const { kubectl } = meshes[mesh];
        const list = await getObject<{ items: IstioObject[] }>(kubectl, [resource, "-A"]);
        for (const { metadata } of list.items) delete metadata["resourceVersion"];
        const items = list.items.map((each) => ({ ...each, spec: edit(each.spec) }));
        originals.set(mesh, JSON.stringify(list));
        await replace(kubectl, JSON.stringify({ ...list, items }));
      }
    },
    undo: async (meshes) => {
      for (const mesh of inMeshes) {
        const original = originals.get(mesh);
        if (original !== undefined) await replace(meshes[mesh].kubectl, original);
      }
    },
  };
}

async function replace(kubectl: Kubectl, list: string): Promise<void> {
  await requireOutput(kubectl, ["replace", "-f", "-"], { stdin: list });
}

function withoutFilter(spec: object): object {
  // The object that kubectl gets as JSON has no undefined fields.
  return editLogs(spec, (log) => ({ ...log, filter: undefined }));
}

function disabled(spec: object): object {
  return editLogs(spec, (log) => ({ ...log, disabled: true }));
}

type AccessLog = Readonly<Record<string, unknown>>;

function editLogs(spec: object, edit: (log: AccessLog) => AccessLog): object {
  const { accessLogging = [] } = spec as { readonly accessLogging?: readonly AccessLog[] };
  return { ...spec, accessLogging: accessLogging.map(edit) };
}

/** HTTP/1.1 on all connections that a DestinationRule describes. */
function withHttp1(spec: object): object {
  const http1 = '"h2UpgradePolicy":"DO_NOT_UPGRADE"';
  return JSON.parse(
    JSON.stringify(spec).replaceAll('"h2UpgradePolicy":"UPGRADE"', http1),
  ) as object;
}
