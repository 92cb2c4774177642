import { readdirSync, readFileSync, writeFileSync } from "node:fs";
import { basename, join } from "node:path";

import { instance } from "@viz-js/viz";

/** Folder of the pictures; each has a source (`.dot`) and a rendered file (`.svg`). */
export const PICTURES_FOLDER = "docs/pictures";

/** Colours that sources may use, and the colours that replace them for readers who prefer dark. */
export const DARK_COLOURS: Readonly<Record<string, string>> = {
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
  // Between client and server.
  "#8250df": "#bc8cff",
  "#fbf7ff": "#221a36",
  // Keys, and what the lab replaces.
  "#9a6700": "#e3b341",
  "#fff8e5": "#2b2111",
};

/** A picture. */
interface Picture {
  readonly name: string;
  /** Text of the source. */
  readonly source: string;
  /** Path of the rendered file. */
  readonly rendered: string;
}

/** Lists all pictures that have a source. */
export function listPictures(): readonly Picture[] {
  return readdirSync(PICTURES_FOLDER)
    .filter((file) => file.endsWith(".dot"))
    .map((file) => {
      const name = basename(file, ".dot");
      const source = readFileSync(join(PICTURES_FOLDER, file), "utf8");
      return { name, source, rendered: join(PICTURES_FOLDER, `${name}.svg`) };
    });
}

/**
 * Renders a source. The result is the same on every machine, because the Graphviz version is pinned and has the font
 * measures built in.
 *
 * @throws Error with the errors and warnings of Graphviz
 */
export async function render(source: string): Promise<string> {
  const viz = await instance();
  const { output, errors } = viz.render(source, { format: "svg" });
  if (output === undefined || errors.length > 0) {
    throw new Error(errors.map(({ message }) => message).join("\n"));
  }
  return (
    output
      // Remove the prolog, comments, and the names of parts, which browsers show as tooltips.
      .replace(/^[\s\S]*?(?=<svg)/, "")
      .replace(/<!--[\s\S]*?-->\n/g, "")
      .replace(/(<g id="(?:node|edge|clust)\d+"[^>]*>\n)<title>.*?<\/title>\n/g, "$1")
      // Graphviz measures only ASCII characters correctly, and writes font names for printers.
      .replaceAll("&#45;&gt;", "→")
      .replaceAll("...", "…")
      .replaceAll('font-family="Helvetica,sans-Serif"', 'font-family="Helvetica,Arial,sans-serif"')
      // Browsers show points a third larger than pixels.
      .replace(/(width|height)="(\d+)pt"/g, '$1="$2"')
      .replace(/<svg ([^>]*)>\n/, `<svg role="img" $1>\n${buildDarkStyle()}`)
  );
}

/** Builds rules that override the colours in the attributes if the reader prefers dark. */
function buildDarkStyle(): string {
  const rules = Object.entries(DARK_COLOURS).flatMap(([light, dark]) => [
    `[fill="${light}"]{fill:${dark}}`,
    `[stroke="${light}"]{stroke:${dark}}`,
  ]);
  return `<style>@media (prefers-color-scheme:dark){${rules.join("")}}</style>\n`;
}

async function main(): Promise<void> {
  for (const { source, rendered } of listPictures()) writeFileSync(rendered, await render(source));
}

if (require.main === module) void main();
