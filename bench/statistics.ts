/** The median of repeated measurements, and the smallest and largest. */
export interface Spread {
  readonly median: number;
  readonly min: number;
  readonly max: number;
}

/** @throws Error if there are no values */
export function spreadOf(values: readonly number[]): Spread {
  const sorted = [...values].sort((a, b) => a - b);
  const min = sorted[0];
  const max = sorted.at(-1);
  if (min === undefined || max === undefined) throw new Error("no values were measured");
  const middle = sorted.length / 2;
  const upper = sorted[Math.floor(middle)] ?? max;
  const lower = sorted[Math.ceil(middle) - 1] ?? min;
  return { median: (lower + upper) / 2, min, max };
}

/**
 * The spread of the ratios of two series that were measured in turns. Each value is divided by the one of the same repeat, so
 * that what the machine did meanwhile affects both.
 */
export function ratioOf(values: readonly number[], references: readonly number[]): Spread {
  if (values.length !== references.length) {
    throw new Error(
      `both series must have the same length (got ${values.length} and ${references.length})`,
    );
  }
  return spreadOf(values.map((value, index) => value / (references[index] ?? Number.NaN)));
}

/** Formats a number with three significant digits, such as `1,310`, `98.6` or `0.071`. */
export function formatNumber(value: number): string {
  if (!Number.isFinite(value)) return "–";
  const digits = value === 0 ? 0 : Math.max(0, 2 - Math.floor(Math.log10(Math.abs(value))));
  return value.toLocaleString("en-US", {
    minimumFractionDigits: Math.min(digits, 3),
    maximumFractionDigits: Math.min(digits, 3),
  });
}

/** Formats a spread as its median and its range. */
export function formatSpread({ median, min, max }: Spread): string {
  return `${formatNumber(median)} (${formatNumber(min)}–${formatNumber(max)})`;
}
