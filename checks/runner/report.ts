import type { Result } from "../check";

/** A column of the table: its heading, its width, and what a row has in it. */
interface Column {
  readonly heading: string;
  readonly width: number;
  readonly right?: true;
  readonly cell: (result: Result) => string;
}

const GAP = "  ";

/** The results as a table for a terminal, at most `width` columns wide, with a closing line. */
export function renderTable(results: readonly Result[], width = 120): string {
  const columns = columnsFor(results, width);
  const line = (cells: readonly string[]) =>
    columns
      .map(({ width: columnWidth, right }, index) => {
        const cell = cells[index] ?? "";
        return right ? cell.padStart(columnWidth) : cell.padEnd(columnWidth);
      })
      .join(GAP)
      .trimEnd();
  const row = (result: Result) => {
    const cells = columns.map((column) => wrap(column.cell(result), column.width));
    const height = Math.max(...cells.map(({ length }) => length));
    return Array.from({ length: height }, (_, index) =>
      line(cells.map((lines) => lines[index] ?? "")),
    );
  };
  return [
    line(columns.map(({ heading }) => heading)),
    line(columns.map((column) => "─".repeat(column.width))),
    ...results.flatMap(row),
    "",
    summary(results),
    "",
  ].join("\n");
}

/** How many passed, in one line. */
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

/** The checks that saw something else than expected. */
export function failures(results: readonly Result[]): Result[] {
  return results.filter(({ pass, skipped }) => !pass && !skipped);
}

/** Ids, marks and times get what they need, the texts share the rest. */
function columnsFor(results: readonly Result[], width: number): Column[] {
  const ms = Math.max(2, ...results.map((result) => String(result.ms).length));
  const rest = width - 2 - 1 - ms - 5 * GAP.length;
  const name = Math.floor(rest * 0.3);
  const expected = Math.floor(rest * 0.36);
  return [
    { heading: "", width: 1, cell: mark },
    { heading: "id", width: 2, right: true, cell: ({ id }) => String(id) },
    { heading: "check", width: name, cell: (result) => result.name },
    { heading: "expected", width: expected, cell: (result) => result.expected },
    { heading: "observed", width: rest - name - expected, cell: ({ observed }) => observed },
    { heading: "ms", width: ms, right: true, cell: (result) => String(result.ms) },
  ];
}

function mark({ pass, skipped }: Result): string {
  if (skipped) return "-";
  return pass ? "✓" : "✗";
}

/** Breaks a text into lines, between words where it can. */
export function wrap(text: string, width: number): string[] {
  const lines: string[] = [];
  let line = "";
  for (let word of text.split(/\s+/)) {
    if (line !== "" && line.length + 1 + word.length > width) {
      lines.push(line);
      line = "";
    }
    // A word longer than a line, such as a URI, is cut.
    while (word.length > width) {
      lines.push(word.slice(0, width));
      word = word.slice(width);
    }
    line = line === "" ? word : `${line} ${word}`;
  }
  return [...lines, line];
}
