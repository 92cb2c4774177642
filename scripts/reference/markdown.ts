import type { Property } from "./doc-comments";

/** A key as one item of a list, with the keys inside it as a list of its own. */
export function item(key: Property, indent = ""): string {
  const { name, optional, type, meaning, fallback, see, fields } = key;
  const facts = [
    `\`${type}\``,
    ...(fallback === undefined ? (optional ? [] : ["required"]) : [`default ${value(fallback)}`]),
  ];
  const links = see.map((link) => ` ${reference(link)}`).join("");
  return [
    `${indent}- **\`${name}\`** (${facts.join(", ")}): ${meaning}${links}`,
    ...fields.map((field) => item(field, `${indent}  `)),
  ].join("\n");
}

/** A default: code where it is a literal, else as it is written. */
function value(text: string): string {
  return text.replace(
    /^("[^"]*"|[\d.]+|true|false|\[.*?\]|\{.*?\})/,
    (literal) => `\`${literal}\``,
  );
}

/** A link, with what is said beside it: `https://… (CIS GKE 1.4: 5.6.1)`. */
function reference(text: string): string {
  const [, url = text, beside] = /^(\S+)(?:\s+\((.+)\))?$/.exec(text) ?? [];
  const place = /^https:\/\/([\w.]+)/.exec(url)?.[1] ?? url;
  return beside === undefined ? `[${place}](${url})` : `[${place}](${url}), ${beside}.`;
}
