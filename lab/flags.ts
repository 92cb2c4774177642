import { resolve } from "node:path";
import { parseArgs } from "node:util";

import { type SetFlag, parseSetFlag } from "./program/set-flag";

/** What `npm run lab` takes. */
export interface Flags {
  /** Leave the lab up until it is interrupted. */
  readonly keep: boolean;
  /** Write checks, timings and versions to this file. */
  readonly json?: string;
  /** Print what the engine prints. */
  readonly verbose: boolean;
  /** Settings of the program, over those of the lab. */
  readonly set: readonly SetFlag[];
  /** Upgrade Istio by a canary revision before the checks. */
  readonly upgrade: boolean;
  readonly help: boolean;
}

export const USAGE = `Usage: npm run lab [-- flags]

  --keep             leave the lab up, and say how to get into it; Ctrl-C ends it
  --json FILE        write checks, timings and versions to FILE
  --set KEY=VALUE    a setting of the program, for both stacks; server:KEY=VALUE or client:KEY=VALUE for one
  --upgrade          before the checks, upgrade Istio by a canary revision, with requests on their way
  --verbose          print what the engine prints
  --help             this text
`;

/** Reads the command line; throws with one message for what it does not know. */
export function parseFlags(args: readonly string[], folder: string): Flags {
  const { values } = parseArgs({
    args: [...args],
    options: {
      keep: { type: "boolean", default: false },
      json: { type: "string" },
      set: { type: "string", multiple: true, default: [] },
      verbose: { type: "boolean", default: false },
      upgrade: { type: "boolean", default: false },
      help: { type: "boolean", short: "h", default: false },
    },
  });
  const { json, set, ...rest } = values;
  if (json === "") throw new Error("--json: name a file, as in --json out.json");
  return {
    ...rest,
    set: set.map(parseSetFlag),
    ...(json !== undefined && { json: resolve(folder, json) }),
  };
}
