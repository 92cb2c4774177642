import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";

import { load } from "js-yaml";

/** The parts of a step that tests ask for. */
export interface Step {
  readonly uses?: string;
  readonly run?: string;
  readonly env?: Readonly<Record<string, string>>;
  readonly with?: Readonly<Record<string, unknown>>;
}

/** The parts of a job that tests ask for. */
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

/** A workflow, as its file has it. */
export interface Workflow {
  readonly on: Readonly<Record<string, unknown>>;
  readonly permissions?: unknown;
  readonly jobs: Readonly<Record<string, Job>>;
}

/** A composite action, as its file has it. */
interface Action {
  readonly inputs: Readonly<Record<string, unknown>>;
  readonly runs: { readonly steps: readonly Step[] };
}

const WORKFLOWS = ".github/workflows";
const ACTIONS = ".github/actions";

/** All workflows by file name. */
export const workflows = Object.fromEntries(
  readdirSync(WORKFLOWS).map((file) => [file, parse(join(WORKFLOWS, file)) as Workflow]),
);

/** All composite actions by their folder, as `uses` names it. */
export const actions = Object.fromEntries(
  readdirSync(ACTIONS).map((name) => [
    `./${ACTIONS}/${name}`,
    parse(join(ACTIONS, name, "action.yml")) as Action,
  ]),
);

/** Texts of all files of workflows and actions, by path. */
export const texts = Object.fromEntries(
  [
    ...readdirSync(WORKFLOWS).map((file) => join(WORKFLOWS, file)),
    ...readdirSync(ACTIONS).map((name) => join(ACTIONS, name, "action.yml")),
  ].map((path) => [path, readFileSync(path, "utf8")]),
);

/** Each job under `file/job`. */
export const jobs: readonly (readonly [string, Job])[] = Object.entries(workflows).flatMap(
  ([file, workflow]) =>
    Object.entries(workflow.jobs).map(([name, job]) => [`${file}/${name}`, job] as const),
);

/** What a job runs, with the steps of the project's own actions in place of their `uses`. */
export function commands(steps: readonly Step[]): string {
  return steps
    .map(({ run, uses }) => run ?? commands(actions[uses ?? ""]?.runs.steps ?? []))
    .join("\n");
}

function parse(path: string): unknown {
  return load(readFileSync(path, "utf8"));
}
