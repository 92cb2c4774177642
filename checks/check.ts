import type { Meshes } from "./meshes";
import type { RequirementKey } from "./requirements";

/** Areas of checks, with their titles in the documentation. */
export const AREAS = {
  path: "The request",
  ingress: "The ingress gateway",
  egress: "The way out of the client mesh",
  mesh: "Inside a mesh",
  certificates: "Certificates",
  secrets: "Private keys",
  observability: "Metrics",
} as const;

export type Area = keyof typeof AREAS;

/** Something that must pass, or must be refused: one row of the report. */
export interface Check {
  /** Unique and stable name, `area/what`. */
  readonly slug: `${Area}/${string}`;
  /** What the check tries, in a few words. */
  readonly title: string;
  /** The requirement that the check proves. */
  readonly requirement: RequirementKey;
  /** What must be observed. A refusal is named by its manner: alert, status, closed connection. */
  readonly expected: string;
  /**
   * `expected` with the values of these meshes, for the report.
   *
   * @default `expected`
   */
  readonly expectedFor?: (meshes: Meshes) => string;
  /** What the check defends, in one sentence. */
  readonly why: string;
  /** What an attacker or a mistake would do without it, in one sentence. */
  readonly threat: string;
  /** Whether the check runs by itself, because it changes the path or inspects what other checks leave behind. */
  readonly exclusive?: true;
  readonly run: (context: CheckContext) => Promise<Observation>;
}

/** What a check observed. */
export type Observation =
  | { readonly pass: boolean; readonly observed: string }
  /** Why the check cannot run here. */
  | { readonly skipped: string };

/** What a check works with. */
export interface CheckContext {
  readonly meshes: Meshes;
  /** Returns a fixture. The first check that asks creates it; the runner removes it after the last check. */
  readonly use: <T>(fixture: Fixture<T>) => Promise<T>;
}

/** Something that several checks share, such as a pod. */
export interface Fixture<T> {
  /** Name in error messages. */
  readonly name: string;
  /** Creates the fixture. If it throws, it leaves nothing behind. */
  readonly create: (context: CheckContext) => Promise<T>;
  readonly remove?: (created: T, context: CheckContext) => Promise<void>;
}

/** The result of a check: one row of the report. */
export interface Result extends Pick<Check, "slug" | "title" | "expected"> {
  readonly observed: string;
  /** Whether the check observed what it expected. False for a skipped check. */
  readonly pass: boolean;
  readonly skipped?: true;
  readonly ms: number;
}
