import type { MachineLoad } from "./machine";
import type { Plot } from "./plots";
import type { Table } from "./table";

/** What a subject of the benchmark gives. */
export interface Result {
  readonly tables: readonly Table[];
  readonly plots: readonly Plot[];
  /** Every measurement, for `--json`. */
  readonly samples: unknown;
}

/** A result with when and on what it was measured, as `--json` writes it. */
export interface Report extends Result {
  readonly subject: string;
  readonly date: string;
  readonly machine: MachineLoad;
}
