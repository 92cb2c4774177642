import type { Result } from "../check";

/** A column of the table. */
interface Column {
  readonly heading: string;
  readonly width: number;
  readonly alignRight?: true;
  readonly cell: (result: Result) => string;
}

const GAP = "  ";

/** The results as a table for a terminal, at most `width` columns wide, with a summary. */
export function renderTable(results: readonly Result[], width = 120): string {
  const columns = columnsFor(results, width);
  const renderLine = (cells: readonly string[]) =>
    columns
      .map(({ width: columnWidth, alignRight }, index) => {
        const cell = cells[index] ?? "";
        return alignRight ? cell.padStart(columnWidth) : cell.padEnd(columnWidth);
      })
      .join(GAP)
      .trimEnd();
  const renderRow = (result: Result) => {
    const cells = columns.map((column) => wrap(column.cell(result), column.width));
    const height = Math.max(...cells.map(({ length }) => length));
    return Array.from({ length: height }, (_, index) =>
      renderLine(cells.map((lines) => lines[index] ?? "")),
    );
  };
  return [
    renderLine(columns.map(({ heading }) => heading)),
    renderLine(columns.map((column) => "─".repeat(column.width))),
    ...results.flatMap(renderRow),
    "",
    summary(results),
    ...(failures(results).length > 0 ? ["What each check defends: docs/checks.md"] : []),
    "",
  ].join("\n");
}

/** The number of passed, failed and skipped checks, in one line. */
export function summary(results: readonly Result[]): string {
  const passed = results.filter(({ pass }) => pass).length;
  const skipped = results.filter((result) => result.skipped).length;
  const failed = failures(results).length;
  const parts = [
    `${passed} passed`,
    ...(failed > 0 ? [`${failed} failed`] : []),
    ...(skipped > 0 ? [`${skipped} skipped`] : []),
  ];
  return `${results.length} ${results.length === 1 ? "check" : "checks"}: ${parts.join(", ")}`;
}

/** The failed checks. A skipped check has not failed. */
export function failures(results: readonly Result[]): Result[] {
  return results.filter(({ pass, skipped }) => !pass && !skipped);
}

/** Marks and times get the width that they need, slugs at most a third, and the texts share the rest. */
function columnsFor(results: readonly Result[], width: number): Column[] {
  const msWidth = Math.max(2, ...results.map(({ ms }) => String(ms).length));
  const slugWidth = Math.min(
    Math.max(5, ...results.map(({ slug }) => slug.length)),
    Math.floor(width / 3),
  );
  const rest = width - 1 - slugWidth - msWidth - 4 * GAP.length;
  const expectedWidth = Math.floor(rest / 2);
  return [
    { heading: "", width: 1, cell: mark },
    { heading: "check", width: slugWidth, cell: ({ slug }) => slug },
    { heading: "expected", width: expectedWidth, cell: ({ expected }) => expected },
    { heading: "observed", width: rest - expectedWidth, cell: ({ observed }) => observed },
    { heading: "ms", width: msWidth, alignRight: true, cell: ({ ms }) => String(ms) },
  ];
}

function mark({ pass, skipped }: Result): string {
  if (skipped) return "-";
  return pass ? "✓" : "✗";
}

/** Breaks a string into lines, between words where possible. */
export function wrap(text: string, width: number): string[] {
  const lines: string[] = [];
  let line = "";
  for (let word of text.split(/\s+/)) {
    if (line !== "" && line.length + 1 + word.length > width) {
      lines.push(line);
      line = "";
    }
    // Cut a word that is longer than a line, such as a URI, after a slash or hyphen if it has one.
    while (word.length > width) {
      const end = /^.*[/-]/.exec(word.slice(0, width))?.[0].length ?? width;
      lines.push(word.slice(0, end));
      word = word.slice(end);
    }
    line = line === "" ? word : `${line} ${word}`;
  }
  return [...lines, line];
}
