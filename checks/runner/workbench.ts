import type { Bench, Fixture } from "../check";
import type { Meshes } from "../meshes";

/** Makes each fixture once, for all who ask, and removes them in the end. */
export class Workbench implements Bench {
  readonly meshes: Meshes;
  readonly #made = new Map<unknown, Promise<unknown>>();
  readonly #removals: (() => Promise<void>)[] = [];

  constructor(meshes: Meshes) {
    this.meshes = meshes;
  }

  readonly use = <T>(fixture: Fixture<T>): Promise<T> => {
    const there = this.#made.get(fixture) as Promise<T> | undefined;
    if (there) return there;
    const made = this.#make(fixture);
    this.#made.set(fixture, made);
    return made;
  };

  async #make<T>(fixture: Fixture<T>): Promise<T> {
    const made = await fixture.create(this).catch((error: unknown) => {
      const why = error instanceof Error ? error.message : String(error);
      throw new Error(`${fixture.name}: ${why}`);
    });
    this.#removals.push(async () => fixture.remove?.(made, this));
    return made;
  }

  /** Removes what was made, last first; returns what went wrong with it. */
  async clear(): Promise<string[]> {
    await Promise.allSettled(this.#made.values());
    const complaints: string[] = [];
    for (const remove of this.#removals.splice(0).reverse()) {
      await remove().catch((error: unknown) => {
        complaints.push(error instanceof Error ? error.message : String(error));
      });
    }
    this.#made.clear();
    return complaints;
  }
}
