import { clientPod } from "../checks/toolkit/pods/container";
import { getObject } from "../checks/toolkit/kubectl";
import type { Cluster, Meshes } from "../checks/meshes";
import { REVISION_KEY } from "../components/istio/revision";
import { bringUp, type Stacks } from "./journey";
import { Load, type LoadFigures } from "./load";
import { changeSettings } from "./program/stack";
import type { Setting } from "./program/setting";

const CANARY = "canary";

interface Phase {
  readonly name: string;
  readonly settings: Readonly<Record<string, Setting>>;
  /** Revisions of the control planes, of the gateways and of the samples when it is over. */
  readonly then: {
    readonly controlPlanes: readonly string[];
    readonly gateways: string;
    readonly samples: string;
  };
}

/** The sequence of docs/istio-upgrade.md. The lab has one version of Istio: it moves between two revisions of it. */
function phases(version: string): readonly Phase[] {
  const canary = (serves: string) => ({ istioCanary: { revision: CANARY, version, serves } });
  const both = ["default", CANARY];
  return [
    {
      name: "a second control plane",
      settings: canary("nothing"),
      then: { controlPlanes: both, gateways: "default", samples: "default" },
    },
    {
      name: "the gateways move",
      settings: canary("gateways"),
      then: { controlPlanes: both, gateways: CANARY, samples: "default" },
    },
    {
      name: "everything moves",
      settings: canary("everything"),
      then: { controlPlanes: both, gateways: CANARY, samples: CANARY },
    },
    {
      name: "the old control plane goes",
      settings: { istioRevision: CANARY, istioVersion: version, istioCanary: {} },
      then: { controlPlanes: [CANARY], gateways: CANARY, samples: CANARY },
    },
  ];
}

/**
 * Upgrades Istio in both meshes by a canary revision, with requests on their way all the time.
 *
 * @throws Error when something is not on the revision that it should be on, or a request failed
 */
export async function upgrade(stacks: Stacks, found: Meshes): Promise<readonly LoadFigures[]> {
  const { value: version } = await stacks.server.getConfig("istioVersion");
  const load = new Load(clientPod(found), `http://${found.hosts[0]}/headers`, "before");
  let figures: readonly LoadFigures[];
  try {
    for (const { name, settings, then } of phases(version)) {
      stacks.watch.steps.print(`Istio's upgrade: ${name}`);
      load.begin(name);
      for (const stack of [stacks.server, stacks.client]) await changeSettings(stack, settings);
      await bringUp(stacks);
      await Promise.all([found.server, found.client].map((cluster) => onRevision(cluster, then)));
    }
  } finally {
    figures = await load.stop();
  }
  const failed = figures.filter((phase) => phase.failed > 0);
  if (failed.length > 0) {
    throw new Error(
      `Requests failed during Istio's upgrade:\n${failed
        .map(
          (phase) =>
            `  ${phase.phase}: ${phase.failed} of ${phase.requests}, ${phase.failures.join("; ")}`,
        )
        .join("\n")}`,
    );
  }
  return figures;
}

interface Pods {
  readonly items: readonly {
    readonly metadata: {
      readonly name: string;
      readonly labels: Readonly<Record<string, string>>;
      readonly annotations?: Readonly<Record<string, string>>;
      readonly deletionTimestamp?: string;
    };
  }[];
}

/** @throws Error that names what is on another revision */
async function onRevision({ kubectl, name }: Cluster, then: Phase["then"]): Promise<void> {
  const pods = async (selector: string) => {
    const { items } = await getObject<Pods>(kubectl, ["pods", "-A", "-l", selector]);
    return items.filter(({ metadata }) => metadata.deletionTimestamp === undefined);
  };
  const expect = (what: string, seen: readonly string[], wanted: readonly string[]) => {
    if (seen.join() === wanted.join()) return;
    throw new Error(
      `${what} of the ${name} cluster: on ${seen.join(", ")}, not ${wanted.join(", ")}`,
    );
  };
  const planes = (await pods("app=istiod")).map(
    ({ metadata }) => metadata.labels[REVISION_KEY] ?? "",
  );
  expect("control planes", [...new Set(planes)].sort(), [...then.controlPlanes].sort());
  // The injector writes who it was.
  const injected = async (selector: string) =>
    (await pods(selector)).map(({ metadata }) => metadata.annotations?.[REVISION_KEY] ?? "");
  expect("gateways", await injected("istio in (ingressgateway,egressgateway)"), [then.gateways]);
  expect("samples", await injected("app in (httpbin,client)"), [then.samples]);
}
