import { type Config, parseConfig } from "../../config";
import { type SetFlag, selectForStack } from "./set-flag";
import { buildRawConfig, readProject } from "./raw-config";
import type { ConfigValue } from "./config-value";
import { buildLabConfig } from "./lab-config";
import type { StackName } from "./stack";

/** Stands for what there is only once the lab is prepared. */
const PREPARED = { istioCharts: "/charts", kubeconfig: "clusters: []" };

/**
 * Has the program itself look at what both stacks will be told, before anything is prepared for them.
 *
 * @throws Error that names each key that is wrong, its value, and the remedy
 */
export function checkConfig(project: string, given: readonly SetFlag[]): void {
  for (const stack of ["server", "client"] as const) {
    const settings = {
      ...buildLabConfig(PREPARED.istioCharts),
      kubeconfig: PREPARED.kubeconfig,
      ...selectForStack(stack, given),
    };
    const lacking = labProblem(parsed(project, stack, settings));
    if (lacking !== undefined) throw new Error(`--set ${stack}:${lacking}`);
  }
}

function parsed(
  folder: string,
  stack: StackName,
  settings: Readonly<Record<string, ConfigValue>>,
): Config {
  try {
    return parseConfig(readProject(folder).name, buildRawConfig(folder, stack, settings));
  } catch (error) {
    throw new Error(
      `The program refuses what --set gives the stack ${stack}.\n${(error as Error).message}`,
    );
  }
}

/** What the program allows, but the lab cannot do without. */
function labProblem(config: Config): string | undefined {
  if (config.role === "client") {
    return config.testPod
      ? undefined
      : "testPod=false: the lab sends its requests from the test pod: leave it on";
  }
  return config.sampleService
    ? undefined
    : "sampleService=false: nothing else would answer the lab's requests: leave it on";
}
