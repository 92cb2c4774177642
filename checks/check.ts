import type { Meshes } from "./meshes";

/** One thing that must pass, or must be refused: a row of the report. */
export interface Check {
  /** Number of the requirement; several rows may share one. */
  readonly id: number;
  readonly name: string;
  /** What must be seen: for a refusal, how it is refused. */
  readonly expected: string | ((meshes: Meshes) => string);
  /** Changes the path that other checks use, or looks at what they leave: runs with no other beside it. */
  readonly alone?: true;
  readonly run: (bench: Bench) => Promise<Observation>;
}

/** What a check saw. */
export type Observation =
  | { readonly pass: boolean; readonly observed: string }
  /** The meshes at hand cannot show it, for this reason. */
  | { readonly skipped: string };

/** What a check works with. */
export interface Bench {
  readonly meshes: Meshes;
  /** Something that several checks need: made for the first that asks, removed after the last. */
  readonly use: <T>(fixture: Fixture<T>) => Promise<T>;
}

/** Something made for checks, such as a pod. */
export interface Fixture<T> {
  readonly name: string;
  /** Leaves nothing behind when it fails. */
  readonly create: (bench: Bench) => Promise<T>;
  readonly remove?: (made: T, bench: Bench) => Promise<void>;
}

/** A row of the report. */
export interface Result {
  readonly id: number;
  readonly name: string;
  readonly expected: string;
  readonly observed: string;
  /** Whether it was seen as expected; never true for what was skipped. */
  readonly pass: boolean;
  readonly skipped?: true;
  readonly ms: number;
}

/** What was seen, and whether it is what was expected. */
export function saw(pass: boolean, observed: string): Observation {
  return { pass, observed };
}
