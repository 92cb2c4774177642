import { readFileSync } from "node:fs";

import { load } from "js-yaml";
import { beforeAll, describe, expect, test } from "vitest";

import { inputProblems } from "../../../plugin/check-inputs";
import type { PropertySpec } from "../../../plugin/schema";
import { schema } from "../../../plugin/schema";
import { commandsIn } from "../../support/markdown-commands";
import { packageSchema, SCHEMA } from "../../../scripts/plugin-schema";

interface PackageJson {
  readonly version: string;
  readonly workspaces?: readonly string[];
  readonly dependencies: Readonly<Record<string, string>>;
  readonly devDependencies?: Readonly<Record<string, string>>;
}

const packageJson = (file: string) => JSON.parse(readFileSync(file, "utf8")) as PackageJson;

/** All properties, with the place of each. */
const properties = [
  ...Object.entries(schema.resources).flatMap(([token, component]) => [
    ...named(`${token} input`, component.inputProperties),
    ...named(`${token} output`, component.properties),
  ]),
  ...Object.entries(schema.types).flatMap(([token, type]) => named(token, type.properties ?? {})),
];

function named(where: string, all: Readonly<Record<string, PropertySpec>>) {
  return Object.entries(all).map(([name, spec]) => ({ where: `${where} ${name}`, name, spec }));
}

const input = (component: string, name: string) =>
  schema.resources[`mtls:index:${component}`]?.inputProperties[name];

describe(SCHEMA, () => {
  let made: string;
  // The formatter takes a while to load on a busy machine.
  beforeAll(async () => {
    made = await packageSchema();
  }, 60_000);

  test("is up to date: if not, run `npm run docs`", () => {
    expect(readFileSync(SCHEMA, "utf8")).toBe(made);
  });

  test("has the package's components", () => {
    expect(Object.keys(schema.resources)).toEqual([
      "mtls:index:CertHierarchy",
      "mtls:index:ClientEgressMtls",
      "mtls:index:GatewayLeaf",
      "mtls:index:GkeCluster",
      "mtls:index:IstioInstall",
      "mtls:index:ServerIngressMtls",
    ]);
  });

  test("describes every component, property and object type", () => {
    const bare = [
      ...properties.filter(({ spec }) => spec.description === "").map(({ where }) => where),
      ...Object.entries({ ...schema.resources, ...schema.types })
        .filter(([, spec]) => !("enum" in spec) && (spec.description ?? "") === "")
        .map(([token]) => token),
    ];
    expect(properties.length).toBeGreaterThan(80);
    expect(bare).toEqual([]);
    const tags = properties.filter(({ spec }) => /\[object|\{@/.test(spec.description));
    expect(tags.map(({ where }) => where)).toEqual([]);
  });

  test("names the default of every optional argument", () => {
    expect(input("GkeCluster", "machineType")?.description).toContain(
      'Default: "e2-standard-2" (2 vCPUs, 8 GB).',
    );
    const { inputProperties, requiredInputs } = schema.resources["mtls:index:GkeCluster"] ?? {};
    const silent = named("", inputProperties ?? {}).filter(
      ({ name, spec }) =>
        requiredInputs?.includes(name) === spec.description.includes(" Default: "),
    );
    expect(silent.map(({ name }) => name)).toEqual([]);
  });

  test("marks private keys as secret, and nothing else", () => {
    const secret = properties.filter(({ spec }) => spec.secret).map(({ where }) => where);
    expect(secret).toEqual([
      "mtls:index:CertHierarchy output serverCaPrivateKeyPem",
      "mtls:index:CertHierarchy output serverPrivateKeyPem",
      "mtls:index:CertHierarchy output clientCaPrivateKeyPems",
      "mtls:index:GatewayLeaf output privateKeyPem",
      "mtls:index:GatewayCredential privateKeyPem",
      "mtls:index:Issuer privateKeyPem",
    ]);
  });

  test("marks arguments that must be plain values", () => {
    expect(input("CertHierarchy", "hosts")).toMatchObject({ plain: true, items: { plain: true } });
    expect(input("ClientEgressMtls", "namespace")).not.toHaveProperty("plain");
    expect(input("ClientEgressMtls", "gateway")).not.toHaveProperty("plain");
    expect(input("ClientEgressMtls", "callers")).toMatchObject({
      plain: true,
      items: { plain: true },
    });
    expect(schema.types["mtls:index:Caller"]?.properties?.["principal"]).not.toHaveProperty(
      "plain",
    );
    const outputs = Object.values(schema.resources).map((component) => component.properties);
    expect(JSON.stringify(outputs)).not.toContain('"plain"');
  });

  test("has types for words, unions and maps", () => {
    expect(schema.types["mtls:index:TlsProtocol"]?.enum).toEqual([
      { value: "TLSV1_2" },
      { value: "TLSV1_3" },
    ]);
    expect(input("ServerIngressMtls", "exposure")).toMatchObject({
      oneOf: [
        { $ref: "#/types/mtls:index:LoadBalancerExposure" },
        { $ref: "#/types/mtls:index:NodePortExposure" },
      ],
      discriminator: {
        propertyName: "type",
        mapping: {
          LoadBalancer: "#/types/mtls:index:LoadBalancerExposure",
          NodePort: "#/types/mtls:index:NodePortExposure",
        },
      },
    });
    expect(input("GkeCluster", "labels")?.additionalProperties?.type).toBe("string");
  });
});

describe("plugin/package.json", () => {
  const root = packageJson("package.json");
  const own = packageJson("plugin/package.json");

  test("has the project's version", () => {
    expect([own.version, schema.version]).toEqual([root.version, root.version]);
  });

  test("has the project's package versions, as one of its workspaces", () => {
    expect(root.workspaces).toEqual(["plugin"]);
    const pins = { ...root.devDependencies, ...root.dependencies };
    expect(Object.keys(own.dependencies).length).toBeGreaterThan(0);
    expect(pins).toMatchObject(own.dependencies);
  });
});

describe("components/README.md", () => {
  const page = readFileSync("components/README.md", "utf8");
  const programs = commandsIn(page, "yaml").map(
    (text) =>
      load(text) as {
        resources: Record<string, { type: string; properties: Record<string, unknown> }>;
      },
  );

  test("gives components in YAML valid inputs", () => {
    const resources = programs.flatMap((program) => Object.values(program.resources));
    expect(resources.length).toBeGreaterThan(1);
    for (const { type, properties: given } of resources) {
      expect(inputProblems(schema, type.replace(":", ":index:"), given)).toEqual([]);
    }
  });

  test("uses existing names in Python", () => {
    const known = new Set(properties.map(({ name }) => snake(name)));
    const [python = ""] = commandsIn(page, "python");
    const names = [...python.matchAll(/"?(\b[a-z]+(?:_[a-z]+)+)"?(?:=|:)|certs\.(\w+)/g)]
      .map(([, argument, output]) => argument ?? output ?? "")
      .filter((name) => name !== "enable_secret_mutable");
    expect(names.length).toBeGreaterThan(8);
    expect(names.filter((name) => !known.has(name))).toEqual([]);
  });
});

const snake = (name: string) => name.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);
