import { dump } from "js-yaml";
import { format } from "prettier";

import type { JsonSchema } from "../../validation/json-schema";
import { splitDefault } from "../reference/default-text";
import { type DocumentedKey, documentedKeys } from "./keys";

/** The project file that Pulumi reads keys, types and defaults from. */
export const PROJECT_FILE = "Pulumi.yaml";

/** Pulumi.yaml with its block `config` made from the keys. The rest stays as it is. */
export async function projectFile(text: string): Promise<string> {
  const config = Object.fromEntries(
    documentedKeys().map((key) => [
      key.name,
      {
        ...projectType(key.schema),
        ...(key.schema.default !== undefined && { default: key.schema.default }),
        description: descriptionOf(key),
      },
    ]),
  );
  const block = dump({ config }, { lineWidth: -1 });
  // The block reaches to the next line that is not indented.
  const replaced = text.replace(/^config:\n(?:[ #].*\n|\n)*/m, () => block);
  return format(replaced, { parser: "yaml", printWidth: 100 });
}

/** A type as Pulumi.yaml has it. */
interface ProjectType {
  readonly type: string;
  readonly items?: ProjectType;
}

function projectType({ type = "object", items }: JsonSchema): ProjectType {
  return { type, ...(items && { items: projectType(items) }) };
}

const OWNERS = { both: "", server: "Server. ", client: "Client. " };

function descriptionOf(key: DocumentedKey): string {
  const { words } = splitDefault(key.default ?? "");
  const [group, ...more] = key.groups;
  const names = more.length === 0 ? (group?.settings.map(({ name }) => name) ?? []) : [];
  return [
    OWNERS[key.owner] + key.meaning,
    ...(names.length > 0 ? [`Settings: ${names.join(", ")}.`] : []),
    ...(words === "" ? [] : [`Default: ${words}.`]),
  ].join(" ");
}
