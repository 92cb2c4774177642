import { readFileSync, writeFileSync } from "node:fs";

import { format } from "prettier";

import type { ComponentSpec, PackageSchema } from "../../plugin/schema";
import { docComment } from "../reference/doc-comments";
import { classDeclaration, reexports } from "../reference/source";
import { withoutLinks } from "./properties";
import { TypeScriptTypes } from "./typescript-types";

/** Where the schema is kept. */
export const SCHEMA = "plugin/schema.json";

/** The list of the package's components. The file of each has its `Inputs` and `Outputs`. */
const COMPONENTS = "plugin/components/index.ts";

/**
 * The package's schema, from the components' types and doc comments.
 *
 * Pulumi can analyze TypeScript itself when it starts the plugin, but it does not accept `readonly` lists and unions,
 * ignores `@default`, and marks no secrets.
 */
export async function packageSchema(): Promise<string> {
  const { name, version, description } = JSON.parse(
    readFileSync("plugin/package.json", "utf8"),
  ) as Pick<PackageSchema, "name" | "version" | "description">;
  const types = new TypeScriptTypes(name);
  const resources: Record<string, ComponentSpec> = {};
  for (const [component, file] of reexports(COMPONENTS)) {
    const inputs = await types.object(file, "Inputs");
    const outputs = await types.object(file, "Outputs");
    resources[`${name}:index:${component}`] = {
      isComponent: true,
      description: describeClass(file, component),
      inputProperties: inputs.properties,
      requiredInputs: inputs.required,
      properties: withoutPlain(outputs.properties),
      required: outputs.required,
    };
  }
  const language = Object.fromEntries(
    ["nodejs", "python", "go", "csharp", "java"].map((each) => [
      each,
      { respectSchemaVersion: true },
    ]),
  );
  const schema = { name, version, description, language, resources, types: types.named.types };
  return format(JSON.stringify(schema satisfies PackageSchema), {
    parser: "json",
    printWidth: 100,
  });
}

/** Outputs without `plain`: with it, SDKs would return them before they are known. */
function withoutPlain<Properties>(properties: Properties): Properties {
  const text = JSON.stringify(properties, (key, value: unknown) =>
    key === "plain" ? undefined : value,
  );
  return JSON.parse(text) as Properties;
}

function describeClass(file: string, name: string): string {
  const found = classDeclaration(file, name);
  if (!found) throw new Error(`${file} does not import the class ${name}`);
  return withoutLinks(docComment(found.node).meaning);
}

if (require.main === module) {
  void packageSchema().then((text) => {
    writeFileSync(SCHEMA, text);
  });
}
