import { readdirSync, readFileSync, writeFileSync } from "node:fs";
import { basename, join } from "node:path";

import { instance } from "@viz-js/viz";

/** Where pictures are kept, each as its source (`.dot`) and rendered (`.svg`). */
export const PICTURES = "docs/pictures";

/** The colours that sources may use, each with what it is for readers who prefer dark. */
export const DARK: Readonly<Record<string, string>> = {
  // Paper, boxes, ink.
  "#fefefe": "#0d1117",
  "#ffffff": "#161b22",
  "#f6f8fa": "#151b23",
  "#1f2328": "#e6edf3",
  "#57606a": "#9198a1",
  // The client's side.
  "#0969da": "#58a6ff",
  "#9ec1f7": "#316dca",
  "#eef4ff": "#10233f",
  // The server's side.
  "#1a7f37": "#56d364",
  "#93d3a2": "#2e7d46",
  "#eefaf0": "#0f2a1a",
  // Between them.
  "#8250df": "#bc8cff",
  "#fbf7ff": "#221a36",
  // Keys, and what is replaced.
  "#9a6700": "#e3b341",
  "#fff8e5": "#2b2111",
};

/** A picture, by its name. */
export interface Picture {
  readonly name: string;
  readonly source: string;
  /** Path of the rendered picture. */
  readonly rendered: string;
}

/** All pictures that have a source. */
export function pictures(): readonly Picture[] {
  return readdirSync(PICTURES)
    .filter((file) => file.endsWith(".dot"))
    .map((file) => {
      const name = basename(file, ".dot");
      const source = readFileSync(join(PICTURES, file), "utf8");
      return { name, source, rendered: join(PICTURES, `${name}.svg`) };
    });
}

/**
 * Renders a source: the same text each time, for the layout is the pinned Graphviz's own and the fonts' measures are
 * built into it.
 *
 * @throws Error with what Graphviz says, warnings too
 */
export async function render(source: string): Promise<string> {
  const viz = await instance();
  const { output, errors } = viz.render(source, { format: "svg" });
  if (output === undefined || errors.length > 0) {
    throw new Error(errors.map(({ message }) => message).join("\n"));
  }
  return (
    output
      // What an image needs none of: prolog, comments, and names of parts, which browsers show as hints.
      .replace(/^[\s\S]*?(?=<svg)/, "")
      .replace(/<!--[\s\S]*?-->\n/g, "")
      .replace(/(<g id="(?:node|edge|clust)\d+"[^>]*>\n)<title>.*?<\/title>\n/g, "$1")
      // Graphviz knows the widths of ASCII, and has the fonts' names for printers.
      .replaceAll("&#45;&gt;", "→")
      .replaceAll("...", "…")
      .replaceAll('font-family="Helvetica,sans-Serif"', 'font-family="Helvetica,Arial,sans-serif"')
      // Points would be shown a third larger.
      .replace(/(width|height)="(\d+)pt"/g, '$1="$2"')
      .replace(/<svg ([^>]*)>\n/, `<svg role="img" $1>\n${darkStyle()}`)
  );
}

/** Attributes of a picture are its light colours; where a reader prefers dark, these rules win over them. */
function darkStyle(): string {
  const rules = Object.entries(DARK).flatMap(([light, dark]) => [
    `[fill="${light}"]{fill:${dark}}`,
    `[stroke="${light}"]{stroke:${dark}}`,
  ]);
  return `<style>@media (prefers-color-scheme:dark){${rules.join("")}}</style>\n`;
}

async function main(): Promise<void> {
  for (const { source, rendered } of pictures()) writeFileSync(rendered, await render(source));
}

if (require.main === module) void main();
