import { z } from "zod";

import { integer, nonEmptyList, oneOf } from "../../../../validation/fields";

/** Where it is. */
export const placeSettings = {
  /** Name of the region. */
  region: z.string(),
};

const hours = integer(1, 24 * 366 * 50);

const entry = z.strictObject({
  /**
   * Name of the
   * entry.
   *
   * @see https://example.com/entries#name (CIS GKE 1.4: 1.2)
   */
  name: z.string(),
});

/** What a fixture can be told. */
export const fixtureSettings = z
  .strictObject({
    ...placeSettings,
    /**
     * How long it lives.
     *
     * @default 10 (hours)
     */
    life: hours.default(10),
    /** Which size it has. */
    size: oneOf("small", "large").exactOptional(),
    /** Its entries. */
    entries: nonEmptyList(entry, "add one").superRefine(() => undefined),
    /** Its place. */
    place: z.strictObject({
      /** Floor of the house. */
      floor: z.int().min(0).max(9),
    }),
    /** Labels. */
    labels: z.record(z.string(), z.string()).default({ a: "b" }),
  })
  .superRefine(() => undefined);

/** The same under another name. */
export const aliasSettings = fixtureSettings;

/** Settings as a TypeScript type. */
export type FixtureSettings = z.input<typeof fixtureSettings>;

/** Inputs that inherit settings by an alias. */
export interface Inputs extends FixtureSettings {
  /** One more. */
  readonly more?: Partial<Readonly<z.output<typeof lifeSettings>>>;
}

/** Inputs that inherit settings directly. */
export interface DirectInputs extends z.input<typeof lifeSettings> {
  /** Entries, as settings of their own. */
  readonly lives: readonly z.input<typeof lifeSettings>[];
}

/** A life. */
export const lifeSettings = z.strictObject({
  /** How long it lasts. */
  life: hours.default(10),
});

/** All rows of the union below. */
const kindRows = z.strictObject({
  /**
   * Which kind it is.
   *
   * - `full`: it has a life.
   * - `bare`: it has none.
   */
  kind: oneOf("full", "bare"),
  /** How long it lasts. */
  life: hours.default(10),
});
const full = kindRows.extend({ kind: z.literal("full") });
const bare = kindRows.extend({ kind: z.literal("bare"), life: z.never().optional() });

/** Settings in two kinds. */
export const kindSettings = z.discriminatedUnion("kind", [full, bare]);
