import { defaultMarkdown } from "./default-text";
import type { Setting } from "./setting";
import { typeText } from "./type-text";

/** A setting as an item of a list, with the settings inside it as a list of its own. */
export function item(setting: Setting, { inside = true, indent = "" } = {}): string {
  const { name, optional, schema, meaning, see, groups } = setting;
  const facts = [
    `\`${typeText(schema)}\``,
    ...(setting.default === undefined
      ? optional
        ? []
        : ["required"]
      : [`default ${defaultMarkdown(setting.default)}`]),
  ];
  const [sentences = "", ...list] = meaning.split("\n");
  const links = see.map((text) => ` ${link(text)}`).join("");
  const settings = inside ? groups.flatMap((group) => group.settings) : [];
  return [
    `${indent}- **\`${name}\`** (${facts.join(", ")}): ${sentences}${links}`,
    ...list.map((line) => `${indent}  ${line}`),
    ...settings.map((each) => item(each, { indent: `${indent}  ` })),
  ].join("\n");
}

/** A `@see` as a link, with the text beside it: `https://… (CIS GKE 1.4: 5.6.1)`. */
function link(text: string): string {
  const [, url = text, note] = /^(\S+)(?:\s+\((.+)\))?$/.exec(text) ?? [];
  const site = /^https:\/\/([\w.-]+)/.exec(url)?.[1] ?? url;
  return note === undefined ? `[${site}](${url})` : `[${site}](${url}), ${note}.`;
}
