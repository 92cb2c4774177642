import { readFileSync, writeFileSync } from "node:fs";

import { format } from "prettier";

import type { ComponentSpec, PackageSchema } from "../plugin/schema";
import { classDeclaration } from "./reference/doc-comments";
import { prose, SchemaTypes } from "./reference/schema-types";

/** Where the schema is kept. */
export const SCHEMA = "plugin/schema.json";

/** The components of the package, each in a file of its own with its `Inputs` and `Outputs`. */
const COMPONENTS: Readonly<Record<string, string>> = {
  CertHierarchy: "plugin/components/cert-hierarchy.ts",
  ClientEgressMtls: "plugin/components/client-egress-mtls.ts",
  GatewayLeaf: "plugin/components/gateway-leaf.ts",
  GkeCluster: "plugin/components/gke-cluster.ts",
  IstioInstall: "plugin/components/istio-install.ts",
  ServerIngressMtls: "plugin/components/server-ingress-mtls.ts",
};

/**
 * The package's schema, from the components' types and doc comments. Pulumi's own analyzer would make one at each
 * start of the plugin; it takes no `readonly` list and no union, leaves out `@default`, and marks nothing secret.
 */
export async function packageSchema(): Promise<string> {
  const { name, version, description } = JSON.parse(
    readFileSync("plugin/package.json", "utf8"),
  ) as Pick<PackageSchema, "name" | "version" | "description">;
  const types = new SchemaTypes(name);
  const resources = Object.fromEntries(
    Object.entries(COMPONENTS).map(([component, file]): [string, ComponentSpec] => {
      const inputs = types.object(file, "Inputs");
      const outputs = types.object(file, "Outputs");
      return [
        `${name}:index:${component}`,
        {
          isComponent: true,
          description: describe(file, component),
          inputProperties: inputs.properties,
          requiredInputs: inputs.required,
          properties: notPlain(outputs.properties),
          required: outputs.required,
        },
      ];
    }),
  );
  const language = Object.fromEntries(
    ["nodejs", "python", "go", "csharp", "java"].map((each) => [
      each,
      { respectSchemaVersion: true },
    ]),
  );
  const schema = { name, version, description, language, resources, types: types.named };
  return format(JSON.stringify(schema satisfies PackageSchema), {
    parser: "json",
    printWidth: 100,
  });
}

/** Outputs without the word `plain`: it would have an SDK hand them over before they are known. */
function notPlain<Properties>(properties: Properties): Properties {
  const text = JSON.stringify(properties, (key, value: unknown) =>
    key === "plain" ? undefined : value,
  );
  return JSON.parse(text) as Properties;
}

function describe(file: string, component: string): string {
  const found = classDeclaration(file, component);
  if (!found) throw new Error(`${file} imports no class ${component}`);
  return prose(found.node);
}

if (require.main === module) {
  void packageSchema().then((text) => {
    writeFileSync(SCHEMA, text);
  });
}
