import { type Config, parseConfig } from "../../config";
import type { ConfigValue } from "./config-value";
import { buildLabConfig } from "./lab-config";
import { buildRawConfig, readProject } from "./raw-config";
import { selectForStack, type SetFlag } from "./set-flag";
import type { StackName } from "./stack";

/** Placeholders for values that exist only after the lab is prepared. */
const PLACEHOLDERS = { istioCharts: "https://charts.example.com", kubeconfig: "clusters: []" };

/**
 * Validates the configuration of both stacks with the program's own parser, before the lab prepares anything.
 *
 * @throws Error that names each wrong key, its value and the remedy
 */
export function checkConfig(projectFolder: string, setFlags: readonly SetFlag[]): void {
  for (const stack of ["server", "client"] as const) {
    const values = {
      ...buildLabConfig(PLACEHOLDERS.istioCharts, "built"),
      kubeconfig: PLACEHOLDERS.kubeconfig,
      ...selectForStack(stack, setFlags),
    };
    requireLabNeeds(stack, parse(projectFolder, stack, values));
  }
}

function parse(
  projectFolder: string,
  stack: StackName,
  values: Readonly<Record<string, ConfigValue>>,
): Config {
  try {
    return parseConfig(
      readProject(projectFolder).name,
      buildRawConfig(projectFolder, stack, values),
    );
  } catch (error) {
    throw new Error(
      `The program rejects the --set values for the stack ${stack}.\n${(error as Error).message}`,
    );
  }
}

/** Rejects values that the program allows but the lab cannot work with. */
function requireLabNeeds(stack: StackName, config: Config): void {
  if (config.role === "client" && !config.testPod) {
    throw new Error(
      `--set ${stack}:testPod: must be true (got false): the lab sends its requests from the test pod, so remove this flag`,
    );
  }
  if (config.role === "server" && !config.sampleService) {
    throw new Error(
      `--set ${stack}:sampleService: must be true (got false): the sample service answers the lab's requests, so remove this flag`,
    );
  }
}
