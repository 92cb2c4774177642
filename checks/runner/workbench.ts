import type { CheckContext, Fixture } from "../check";
import type { Meshes } from "../meshes";
import { CannotRun } from "../toolkit/cannot-run";

/** Creates each fixture once, for all checks that use it, and removes them all at the end. */
export class Workbench implements CheckContext {
  readonly meshes: Meshes;
  readonly #fixtures = new Map<unknown, Promise<unknown>>();
  readonly #removals: (() => Promise<void>)[] = [];

  constructor(meshes: Meshes) {
    this.meshes = meshes;
  }

  readonly use = <T>(fixture: Fixture<T>): Promise<T> => {
    const existing = this.#fixtures.get(fixture) as Promise<T> | undefined;
    if (existing) return existing;
    const created = this.#create(fixture);
    this.#fixtures.set(fixture, created);
    return created;
  };

  async #create<T>(fixture: Fixture<T>): Promise<T> {
    const created = await fixture.create(this).catch((error: unknown) => {
      if (error instanceof CannotRun) throw error;
      throw new Error(`${fixture.name}: ${errorMessage(error)}`);
    });
    this.#removals.push(async () => fixture.remove?.(created, this));
    return created;
  }

  /** Removes all fixtures, the last one first. Returns the errors. */
  async clear(): Promise<string[]> {
    await Promise.allSettled(this.#fixtures.values());
    const errors: string[] = [];
    for (const remove of this.#removals.splice(0).reverse()) {
      await remove().catch((error: unknown) => {
        errors.push(errorMessage(error));
      });
    }
    this.#fixtures.clear();
    return errors;
  }
}

/** The message of whatever was thrown. */
export function errorMessage(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
