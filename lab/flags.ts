import { resolve } from "node:path";
import { parseArgs } from "node:util";

import { type Outputs, requireValue } from "../report/outputs";
import { parseSetFlag, type SetFlag } from "./program/set-flag";
import { listSettings, parseScenario, type ScenarioName, SCENARIOS } from "./scenario/scenarios";

/** Flags of `npm run lab`. */
export interface Flags extends Outputs {
  /** Keep the lab running until the user interrupts it. */
  readonly keep: boolean;
  /** Run this shell command inside the lab instead of the stories and checks, and end with its exit code. */
  readonly run?: string;
  /** Print the engine's output. */
  readonly verbose: boolean;
  /** Shapes of the deployment, and stories to tell before the checks, one after another. */
  readonly scenarios: readonly ScenarioName[];
  /** Configuration of the stacks, over the committed one, the lab's and that of the scenarios. */
  readonly set: readonly SetFlag[];
  /** Where the container images come from: built on this machine, or pulled from where the projects publish them. */
  readonly images: "built" | "official";
  readonly help: boolean;
}

const scenarioLines = Object.entries(SCENARIOS).map(
  ([name, { summary }]) => `    ${name.padEnd(24)}${summary}\n`,
);

export const USAGE = `Usage: npm run lab [-- flags]

  --keep             keep the lab running after the checks, and print how to open a shell in it; Ctrl-C ends it
  --run COMMAND      run this shell command in the lab instead of the stories and checks, and end with its exit code
  --scenario NAME    deploy this shape, or tell this story before the checks; can be repeated
  --json FILE        write results, timings and versions to FILE
  --report DIR       write a page for a browser, with the path, certificates, checks and timings: DIR/index.html
  --set KEY=VALUE    set a configuration value of both stacks; of one stack: server:KEY=VALUE or client:KEY=VALUE
  --images official  pull the images that Istio, httpbin and others publish, instead of building images; needs the internet
  --verbose          print the engine's output
  --help             print this text

  Scenarios. Requests keep coming during a story, and none may fail except in faults.

${scenarioLines.join("")}`;

/**
 * Parses the command line; relative paths are resolved against `folder`.
 *
 * @throws Error that names the wrong flag
 */
export function parseFlags(args: readonly string[], folder: string): Flags {
  const { values } = parseArgs({
    args: [...args],
    options: {
      keep: { type: "boolean", default: false },
      json: { type: "string" },
      report: { type: "string" },
      run: { type: "string" },
      scenario: { type: "string", multiple: true, default: [] },
      set: { type: "string", multiple: true, default: [] },
      verbose: { type: "boolean", default: false },
      images: { type: "string", default: "built" },
      help: { type: "boolean", short: "h", default: false },
    },
  });
  const { json, report, run, set, images, scenario, ...rest } = values;
  requireValue("json", json);
  requireValue("report", report);
  if (images !== "built" && images !== "official") {
    throw new Error(
      `--images: must be built or official (got "${images}"): as in --images official`,
    );
  }
  const scenarios = scenario.map(parseScenario);
  if (scenarios.includes("monitoring") && images === "built") {
    throw new Error(
      "--scenario monitoring: Prometheus, Grafana and Kiali have published images only: add --images official",
    );
  }
  return {
    ...rest,
    images,
    scenarios,
    // A later value of a key replaces an earlier one.
    set: [...scenarios.flatMap(listSettings), ...set].map(parseSetFlag),
    ...(run !== undefined && { run }),
    ...(json !== undefined && { json: resolve(folder, json) }),
    ...(report !== undefined && { report: resolve(folder, report) }),
  };
}
