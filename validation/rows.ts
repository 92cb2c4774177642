import { z } from "zod";

/** What settings contain once the defaults are filled in. `Rows` is the type of an object of rows. */
export type Resolved<Rows extends z.ZodRawShape> = Readonly<z.output<z.ZodObject<Rows>>>;

/** Rows, all of them optional and without defaults. */
export type WithoutDefaults<Rows extends z.ZodRawShape> = {
  readonly [Key in keyof Rows]: z.ZodOptional<
    Rows[Key] extends z.ZodDefault<infer Row> ? Row : Rows[Key]
  >;
};

/** The same rows without their defaults, so that a check can tell what the user set. */
export function withoutDefaults<Rows extends z.ZodRawShape>(rows: Rows): WithoutDefaults<Rows> {
  const entries = Object.entries(rows).map(([key, row]) => [
    key,
    z.optional(row instanceof z.ZodDefault ? row.unwrap() : row),
  ]);
  return Object.fromEntries(entries) as WithoutDefaults<Rows>;
}
