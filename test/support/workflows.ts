import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";

import { load } from "js-yaml";

/** The parts of a step that tests read. */
export interface Step {
  readonly uses?: string;
  readonly run?: string;
  readonly env?: Readonly<Record<string, string>>;
  readonly with?: Readonly<Record<string, unknown>>;
}

/** The parts of a job that tests read. */
export interface Job {
  readonly if?: string;
  readonly needs?: string;
  readonly environment?: string;
  readonly permissions?: Readonly<Record<string, string>>;
  readonly concurrency?: { readonly group: string; readonly "cancel-in-progress": boolean };
  readonly strategy?: { readonly matrix: Readonly<Record<string, readonly unknown[]>> };
  readonly "timeout-minutes"?: number;
  readonly steps: readonly Step[];
}

/** A workflow file. */
interface Workflow {
  readonly on: Readonly<Record<string, unknown>>;
  readonly permissions?: unknown;
  readonly jobs: Readonly<Record<string, Job>>;
}

/** The file of a composite action. */
interface Action {
  readonly inputs: Readonly<Record<string, unknown>>;
  readonly runs: { readonly steps: readonly Step[] };
}

const WORKFLOWS = ".github/workflows";
const ACTIONS = ".github/actions";

/** All workflows, by file name. */
export const workflows = Object.fromEntries(
  readdirSync(WORKFLOWS).map((file) => [file, parse(join(WORKFLOWS, file)) as Workflow]),
);

/** All composite actions, by their folder as `uses` names it. */
export const actions = Object.fromEntries(
  readdirSync(ACTIONS).map((name) => [
    `./${ACTIONS}/${name}`,
    parse(join(ACTIONS, name, "action.yml")) as Action,
  ]),
);

/** Contents of all workflow and action files, by path. */
export const texts = Object.fromEntries(
  [
    ...readdirSync(WORKFLOWS).map((file) => join(WORKFLOWS, file)),
    ...readdirSync(ACTIONS).map((name) => join(ACTIONS, name, "action.yml")),
  ].map((path) => [path, readFileSync(path, "utf8")]),
);

/** All jobs, by `file/job`. */
export const jobs: readonly (readonly [string, Job])[] = Object.entries(workflows).flatMap(
  ([file, workflow]) =>
    Object.entries(workflow.jobs).map(([name, job]) => [`${file}/${name}`, job] as const),
);

/** Concatenates the commands of a job, including those of the project's own actions. */
export function commands(steps: readonly Step[]): string {
  return steps
    .map(({ run, uses }) => run ?? commands(actions[uses ?? ""]?.runs.steps ?? []))
    .join("\n");
}

function parse(path: string): unknown {
  return load(readFileSync(path, "utf8"));
}
