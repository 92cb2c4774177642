import { readdirSync, readFileSync, writeFileSync } from "node:fs";
import { basename, join } from "node:path";

import { drawGraph } from "../report/graphs/graphviz";
import { asPicture } from "../report/plots/figure";

/** Folder of the pictures; each has a source (`.dot`) and a rendered file (`.svg`). */
export const PICTURES_FOLDER = "docs/pictures";

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
 * Renders a source, with the dark colours for readers who prefer dark.
 *
 * @throws Error with the errors and warnings of Graphviz
 */
export async function render(source: string): Promise<string> {
  return asPicture(await drawGraph(source));
}

async function main(): Promise<void> {
  for (const { source, rendered } of listPictures()) writeFileSync(rendered, await render(source));
}

if (require.main === module) void main();
