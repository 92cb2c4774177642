import { execFile } from "node:child_process";
import { chmod, writeFile } from "node:fs/promises";
import { join, resolve } from "node:path";
import { promisify } from "node:util";

import * as pulumi from "@pulumi/pulumi";
import { afterAll, beforeAll, expect, test } from "vitest";

import { x509 } from "../../checks/toolkit/pki/x509";
import { createPulumiHome } from "../../lab/prepare/pulumi-plugins";
import { schema } from "../../plugin/schema";
import { createEngineHome, type EngineHome } from "./support/engine-home";
import { ContractStack, nameOf } from "./support/contract-stack";
import { PREPARE_MS } from "./support/lab-tools";

const PROJECT = resolve(__dirname, "../..");
const SECRET_MARK = "4dabf18193072939515e22adb298388d";

let home: EngineHome;
let program: string;

/** Installs the package's folder as a plugin that starts in the same way as under Pulumi's Node.js language host. */
beforeAll(async () => {
  home = await createEngineHome();
  program = join(home.folder, "pulumi-resource-mtls");
  const runPlugin = require.resolve("@pulumi/pulumi/cmd/run-plugin");
  const command = [process.execPath, runPlugin, join(PROJECT, "plugin")];
  await writeFile(
    program,
    `#!/bin/sh\nexec ${command.map((word) => `'${word}'`).join(" ")} "$@"\n`,
  );
  await chmod(program, 0o755);
  await createPulumiHome(home.pulumiHome, [
    { name: "mtls", version: schema.version, origin: "this project", path: program },
  ]);
}, PREPARE_MS);
afterAll(async () => {
  await home.remove();
});

/** A component of the package, as an SDK creates it from its type, its inputs and the names of its outputs. */
class RemoteComponent extends pulumi.ComponentResource {
  constructor(component: string, name: string, inputs: pulumi.Inputs, outputs: readonly string[]) {
    const absent = Object.fromEntries(outputs.map((output) => [output, undefined]));
    const options = { version: schema.version };
    super(`mtls:index:${component}`, name, { ...absent, ...inputs }, options, true);
  }

  output(name: string): pulumi.Output<string> {
    return (this as unknown as Record<string, pulumi.Output<string>>)[name] ?? pulumi.output("");
  }
}

const OUTPUTS = Object.keys(schema.resources["mtls:index:CertHierarchy"]?.properties ?? {});

function createHierarchy(inputs: pulumi.Inputs = {}): RemoteComponent {
  return new RemoteComponent(
    "CertHierarchy",
    "certs",
    {
      rootCommonName: "root.example.com",
      hosts: ["orders.example.com"],
      trustDomain: "mesh.example.com",
      clients: [
        { name: "partner", dnsName: "mesh.partner.example", trustDomain: "mesh.partner.example" },
      ],
      ...inputs,
    },
    OUTPUTS,
  );
}

async function runPulumi(...args: string[]): Promise<string> {
  const env = {
    PATH: process.env["PATH"],
    HOME: home.folder,
    PULUMI_HOME: home.pulumiHome,
    PULUMI_SKIP_UPDATE_CHECK: "true",
    PULUMI_BACKEND_URL: `file://${home.folder}`,
  };
  const run = promisify(execFile);
  const { stdout } = await run(join(home.engine, "bin/pulumi"), args, { env, cwd: home.folder });
  return stdout;
}

test("the engine gets the schema from the plugin, and finds no mistake in it", async () => {
  const served = JSON.parse(await runPulumi("package", "get-schema", program)) as typeof schema;
  expect(served).toMatchObject({ name: "mtls", version: schema.version });
  expect(Object.keys(served.resources)).toEqual(Object.keys(schema.resources));
  const found = await runPulumi("schema", "check", join(PROJECT, "plugin/schema.json"));
  expect(found).not.toMatch(/error|warning/i);
});

test("a program in another process gets certificates, and the keys as secrets", async () => {
  const stack = await ContractStack.open(home, "plugin");
  const run = () => {
    const certs = createHierarchy();
    const leaf = new RemoteComponent(
      "GatewayLeaf",
      "leaf",
      {
        usage: "client_auth",
        dnsNames: ["mesh.partner.example"],
        issuer: {
          certPem: certs.output("serverCaCertPem"),
          privateKeyPem: certs.output("serverCaPrivateKeyPem"),
        },
        validityHours: 24,
      },
      ["chainPem", "privateKeyPem"],
    );
    const outputs = [
      ...OUTPUTS.map((name) => [name, certs.output(name)]),
      ...["chainPem", "privateKeyPem"].map((name) => [`leaf.${name}`, leaf.output(name)]),
    ];
    return Promise.resolve(Object.fromEntries(outputs) as Record<string, unknown>);
  };
  // In a preview, outputs are unknown. Inputs that depend on them must pass.
  const planned = await stack.preview(run);
  expect(planned.map(({ name }) => name)).toContain("leaf-cert");
  await stack.up(run);

  const outputs = await readStackOutputs(stack);
  const isSecret = (value: unknown) =>
    typeof value === "object" && value !== null && SECRET_MARK in value;
  const secrets = Object.keys(outputs).filter((name) => isSecret(outputs[name]));
  expect(secrets.sort()).toEqual([
    "clientCaPrivateKeyPems",
    "leaf.privateKeyPem",
    "serverCaPrivateKeyPem",
    "serverPrivateKeyPem",
  ]);
  const root = new x509.X509Certificate(String(outputs["trustAnchorPem"]));
  const { partner } = outputs["clientCaCertPems"] as { partner: string };
  for (const pem of [partner, String(outputs["serverCaCertPem"])]) {
    const issued = new x509.X509Certificate(pem);
    expect(await issued.verify({ publicKey: root, signatureOnly: true })).toBe(true);
  }
  expect(String(outputs["leaf.chainPem"]).match(/BEGIN CERTIFICATE/g)).toHaveLength(2);
  expect(await stack.readStateFile()).not.toContain("PRIVATE KEY");

  const resources = await stack.readResources();
  expect(resources.find(({ urn }) => nameOf(urn) === "certs")?.type).toBe(
    "mtls:index:CertHierarchy",
  );
  expect(await stack.preview(run)).toEqual([]);
  await stack.destroy();
  expect(await stack.readResources()).toEqual([]);
});

test("all wrong inputs are reported at once, and nothing is created", async () => {
  const stack = await ContractStack.open(home, "refused");
  const wrong = { hosts: "orders.example.com", client: [] };
  await expect(
    stack.up(() => {
      createHierarchy(wrong);
      return Promise.resolve();
    }),
  ).rejects.toThrow();
  const messages = stack.messages.join("\n");
  expect(messages).toContain("hosts");
  expect(messages).toContain(
    'must be a list (got "orders.example.com"): write a list, even for one entry',
  );
  expect(messages).toContain("is not a known key: remove it or correct its name");
  expect(await stack.readResources()).toEqual([]);
  await stack.destroy();
});

async function readStackOutputs(stack: ContractStack): Promise<Record<string, unknown>> {
  const { checkpoint } = JSON.parse(await stack.readStateFile()) as {
    checkpoint: { latest: { resources: { type: string; outputs?: Record<string, unknown> }[] } };
  };
  const found = checkpoint.latest.resources.find(({ type }) => type === "pulumi:pulumi:Stack");
  return found?.outputs ?? {};
}
