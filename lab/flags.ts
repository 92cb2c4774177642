import { resolve } from "node:path";
import { parseArgs } from "node:util";

import { parseSetFlag, type SetFlag } from "./program/set-flag";

/** Flags of `npm run lab`. */
export interface Flags {
  /** Keep the lab running until the user interrupts it. */
  readonly keep: boolean;
  /** Write results, timings and versions to this file. */
  readonly json?: string;
  /** Print the engine's output. */
  readonly verbose: boolean;
  /** Configuration of the stacks, over the committed one and the lab's. */
  readonly set: readonly SetFlag[];
  /** Where the container images come from: built on this machine, or pulled from where the projects publish them. */
  readonly images: "built" | "official";
  /** Upgrade Istio with a canary revision before the checks. */
  readonly upgrade: boolean;
  readonly help: boolean;
}

export const USAGE = `Usage: npm run lab [-- flags]

  --keep             keep the lab running after the checks, and print how to open a shell in it; Ctrl-C ends it
  --json FILE        write results, timings and versions to FILE
  --set KEY=VALUE    set a configuration value of both stacks; of one stack: server:KEY=VALUE or client:KEY=VALUE
  --images official  pull the images that Istio, httpbin and others publish, instead of building images; needs the internet
  --upgrade          before the checks, upgrade Istio with a canary revision while requests keep coming
  --verbose          print the engine's output
  --help             print this text
`;

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
      set: { type: "string", multiple: true, default: [] },
      verbose: { type: "boolean", default: false },
      images: { type: "string", default: "built" },
      upgrade: { type: "boolean", default: false },
      help: { type: "boolean", short: "h", default: false },
    },
  });
  const { json, set, images, ...rest } = values;
  if (json === "") throw new Error('--json: must be a file name (got ""): as in --json out.json');
  if (images !== "built" && images !== "official") {
    throw new Error(
      `--images: must be built or official (got "${images}"): as in --images official`,
    );
  }
  return {
    ...rest,
    images,
    set: set.map(parseSetFlag),
    ...(json !== undefined && { json: resolve(folder, json) }),
  };
}
