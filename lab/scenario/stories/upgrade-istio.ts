import { getObject } from "../../../checks/toolkit/kubectl";
import type { Cluster } from "../../../checks/meshes";
import { istioLabel } from "../../../components/istio/istio-label";
import { REVISION_KEY } from "../../../components/istio/revision";
import { HTTPBIN, TEST_POD } from "../../../components/samples/names";
import { EGRESS_GATEWAY, INGRESS_GATEWAY } from "../../../stacks/names";
import type { ConfigValue } from "../../program/config-value";
import { setConfig } from "../../program/stack";
import { bringUp } from "../stacks";
import type { Story } from "../story";

const CANARY = "canary";

/** Selectors of the pods with a proxy. */
const GATEWAYS = `istio in (${istioLabel(INGRESS_GATEWAY)},${istioLabel(EGRESS_GATEWAY)})`;
const SAMPLES = `app in (${HTTPBIN},${TEST_POD})`;

interface Phase {
  readonly name: string;
  readonly config: Readonly<Record<string, ConfigValue>>;
  /** Revisions of the control planes, the gateways and the samples after the phase. */
  readonly expected: {
    readonly controlPlanes: readonly string[];
    readonly gateways: string;
    readonly samples: string;
  };
}

/** The sequence of docs/istio-upgrade.md. The lab has one version of Istio, so both revisions run that version. */
function planPhases(version: string): readonly Phase[] {
  const canary = (serves: string) => ({ istioCanary: { revision: CANARY, version, serves } });
  const both = ["default", CANARY];
  return [
    {
      name: "a second control plane",
      config: canary("nothing"),
      expected: { controlPlanes: both, gateways: "default", samples: "default" },
    },
    {
      name: "the gateways move",
      config: canary("gateways"),
      expected: { controlPlanes: both, gateways: CANARY, samples: "default" },
    },
    {
      name: "everything moves",
      config: canary("everything"),
      expected: { controlPlanes: both, gateways: CANARY, samples: CANARY },
    },
    {
      name: "the old control plane goes",
      config: { istioRevision: CANARY, istioVersion: version, istioCanary: {} },
      expected: { controlPlanes: [CANARY], gateways: CANARY, samples: CANARY },
    },
  ];
}

/** Upgrades Istio in both meshes with a canary revision, and checks after each step who uses which revision. */
export const upgradeIstio: Story = {
  async tell({ stacks, meshes, load }) {
    const { value: version } = await stacks.server.getConfig("istioVersion");
    for (const { name, config, expected } of planPhases(version)) {
      stacks.context.steps.print(`Upgrading Istio: ${name}`);
      load.begin(name);
      for (const stack of [stacks.server, stacks.client]) await setConfig(stack, config);
      await bringUp(stacks);
      await Promise.all(
        [meshes.server, meshes.client].map((cluster) => assertRevisions(cluster, expected)),
      );
    }
  },
};

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

/** @throws Error that names the component, its revisions and the expected ones */
async function assertRevisions(
  { kubectl, name }: Cluster,
  expected: Phase["expected"],
): Promise<void> {
  const runningPods = async (selector: string) => {
    const { items } = await getObject<Pods>(kubectl, ["pods", "-A", "-l", selector]);
    return items.filter(({ metadata }) => metadata.deletionTimestamp === undefined);
  };
  const assertEqual = (what: string, revisions: readonly string[], wanted: readonly string[]) => {
    // A component may have several pods.
    const actual = [...new Set(revisions)].sort();
    if (actual.join() === [...wanted].sort().join()) return;
    throw new Error(
      `The ${what} of the ${name} cluster must be on revision ${wanted.join(", ")} (got ${actual.join(", ")}): ` +
        "see docs/istio-upgrade.md",
    );
  };
  const controlPlanes = (await runningPods("app=istiod")).map(
    ({ metadata }) => metadata.labels[REVISION_KEY] ?? "",
  );
  assertEqual("control planes", controlPlanes, expected.controlPlanes);
  // The sidecar injector writes its revision to an annotation.
  const injectedBy = async (selector: string) =>
    (await runningPods(selector)).map(({ metadata }) => metadata.annotations?.[REVISION_KEY] ?? "");
  assertEqual("gateways", await injectedBy(GATEWAYS), [expected.gateways]);
  assertEqual("samples", await injectedBy(SAMPLES), [expected.samples]);
}
