import { readFileSync } from "node:fs";

import { load } from "js-yaml";
import { format } from "prettier";

import { item } from "../reference/markdown";
import type { SettingGroup } from "../reference/setting";
import { type DocumentedKey, documentedKeys, type KeyOwner } from "./keys";
import { PROJECT_FILE } from "./project-file";

/** The page that describes every setting. */
export const REFERENCE_PAGE = "docs/configuration.md";

/** The reference of all settings, from the schemas and doc comments of the keys. */
export async function referencePage(): Promise<string> {
  const { name } = load(readFileSync(PROJECT_FILE, "utf8")) as { readonly name: string };
  const keys = documentedKeys();
  const keysOf = (owner: KeyOwner) =>
    keys
      .filter((key) => key.owner === owner)
      .map((key) =>
        hasSection(key)
          ? `${item(key, { inside: false })} See [its settings](#${key.name}).`
          : item(key),
      );
  const text = [
    "# Configuration",
    "",
    "<!-- Generated from config/keys by `npm run docs`. -->",
    "",
    `Set keys in \`Pulumi.STACK.yaml\` as \`${name}:KEY\`, or with \`pulumi config set KEY VALUE\`. For a setting inside an object or a`,
    "list, use `pulumi config set --path`. The program checks all settings before it registers a resource. If any are wrong, it stops",
    "with one error that lists each wrong setting, its value, and what to do. Each stack ignores the keys of the other stack.",
    "",
    "## Both stacks",
    "",
    ...keysOf("both"),
    "",
    "## Server",
    "",
    ...keysOf("server"),
    "",
    "## Client",
    "",
    ...keysOf("client"),
    "",
    ...keys.filter(hasSection).flatMap(sectionOf),
  ].join("\n");
  return format(text, { parser: "markdown", printWidth: 100 });
}

/** Whether a key gets a section of its own: the source declares its settings in more than one group. */
function hasSection({ groups }: DocumentedKey): boolean {
  return groups.length > 1;
}

function sectionOf({ name, groups }: DocumentedKey): readonly string[] {
  // The constant that spreads the other groups describes the key as a whole.
  const own = groups.find((group) => group.name === `${name}Settings`);
  const others = groups.filter((group) => group !== own);
  return [
    `## \`${name}\``,
    "",
    ...(own ? [own.meaning, "", ...listOf(own)] : []),
    ...others.flatMap((group) => [
      `### ${titleOf(group)}`,
      "",
      group.meaning,
      "",
      ...listOf(group),
    ]),
  ];
}

function listOf({ settings }: SettingGroup): readonly string[] {
  return [...settings.map((each) => item(each)), ""];
}

/** A title from the name of the constant: `nodePoolSettings` becomes `Node pool`. */
function titleOf({ name }: SettingGroup): string {
  const words = name
    .replace(/Settings$/, "")
    .replace(/(?<=[a-z])[A-Z]/g, (letter) => ` ${letter.toLowerCase()}`);
  return words.charAt(0).toUpperCase() + words.slice(1);
}
