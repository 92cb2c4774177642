import { format } from "prettier";

import { defaultMarkdown, splitDefault } from "../reference/default-text";
import { type DocumentedKey, documentedKeys, type KeyOwner } from "./keys";

/** The page with the table of all keys. */
export const README = "README.md";

const START = "<!-- Generated from config/keys by `npm run docs`. -->";
const END = "<!-- End of the generated table. -->";

/**
 * README.md with a new table of keys, between two comments.
 *
 * @throws Error when a comment is missing
 */
export async function readmeWithTable(text: string): Promise<string> {
  const start = text.indexOf(START);
  const end = text.indexOf(END);
  if (start < 0 || end < start) throw new Error(`${README} has no "${START}" before "${END}"`);
  const table = `${START}\n\n${tableOf(documentedKeys())}\n\n`;
  const replaced = text.slice(0, start) + table + text.slice(end);
  return format(replaced, { parser: "markdown", printWidth: 100 });
}

const TITLES: Readonly<Record<KeyOwner, string>> = {
  both: "Both stacks",
  server: "Server",
  client: "Client",
};

function tableOf(keys: readonly DocumentedKey[]): string {
  const rows = Object.entries(TITLES).flatMap(([owner, title]) => [
    `| **${title}** | | |`,
    ...keys.filter((key) => key.owner === owner).map(rowOf),
  ]);
  return ["| Key | Default | Meaning |", "| --- | --- | --- |", ...rows].join("\n");
}

function rowOf(key: DocumentedKey): string {
  const cells = [`\`${key.name}\``, defaultCell(key), firstSentence(key.meaning)];
  return `| ${cells.map((cell) => cell.replaceAll("|", "\\|")).join(" | ")} |`;
}

/** The default. For an empty value, only the words that say what it means. */
function defaultCell({ default: text = "_required_" }: DocumentedKey): string {
  const { literal, words } = splitDefault(text);
  return literal !== undefined && EMPTY.has(literal) ? words : defaultMarkdown(text);
}

const EMPTY = new Set(['""', "[]", "{}"]);

/** A doc comment starts with a sentence that stands for itself. */
function firstSentence(meaning: string): string {
  return /^.*?(?=\.(?:\s|$))/.exec(meaning)?.[0] ?? meaning;
}
