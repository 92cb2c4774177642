/** A table of a result. The first column has names, the others have figures. */
export interface Table {
  readonly title: string;
  readonly columns: readonly string[];
  readonly rows: readonly (readonly string[])[];
  /** What the reader must know about the figures. */
  readonly note?: string;
}

/** Renders a table for the terminal. */
export function renderText({ title, columns, rows, note }: Table): string {
  const all = [columns, ...rows];
  const width = (column: number) => Math.max(...all.map((cells) => cells[column]?.length ?? 0));
  const lines = all.map(([first = "", ...others]) =>
    [first.padEnd(width(0)), ...others.map((cell, index) => cell.padStart(width(index + 1)))]
      .join("   ")
      .trimEnd(),
  );
  return [title, "", ...lines, ...(note === undefined ? [] : ["", note]), ""].join("\n");
}

/** Renders a table as Markdown, as Prettier formats it. */
export function renderMarkdown({ title, columns, rows, note }: Table): string {
  // A bar would begin another cell.
  const all = [columns, ...rows].map((cells) => cells.map((cell) => cell.replaceAll("|", "\\|")));
  const width = (column: number) => Math.max(3, ...all.map((cells) => cells[column]?.length ?? 0));
  const line = (cells: readonly string[]) => `| ${cells.join(" | ")} |`;
  const pad = (cells: readonly string[]) =>
    cells.map((cell, column) =>
      column === 0 ? cell.padEnd(width(0)) : cell.padStart(width(column)),
    );
  const rule = columns.map((_, column) =>
    column === 0 ? "-".repeat(width(0)) : `${"-".repeat(width(column) - 1)}:`,
  );
  return [
    `### ${title}`,
    "",
    ...all.map((cells) => line(pad(cells))).toSpliced(1, 0, line(rule)),
    ...(note === undefined ? [] : ["", note]),
    "",
  ].join("\n");
}
