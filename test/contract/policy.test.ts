import { chmod, mkdir, writeFile } from "node:fs/promises";
import { join, resolve } from "node:path";

import * as tls from "@pulumi/tls";
import { afterAll, beforeAll, expect, test } from "vitest";

import { CertHierarchy } from "../../components/pki/cert-hierarchy";
import { createEngineHome, type EngineHome } from "./support/engine-home";
import { ContractStack } from "./support/contract-stack";
import { PREPARE_MS } from "./support/lab-tools";

const PACK = resolve(__dirname, "../../policy");

let home: EngineHome;
let stack: ContractStack;

/** Adds the script with which Pulumi's engine starts policy packs, under the name that the engine expects. */
beforeAll(async () => {
  home = await createEngineHome();
  const folder = join(home.pulumiHome, "plugins/analyzer-policy-nodejs-v1.0.0");
  const program = join(folder, "pulumi-analyzer-policy-nodejs");
  await mkdir(folder, { recursive: true });
  const runPack = require.resolve("@pulumi/pulumi/cmd/run-policy-pack");
  await writeFile(program, `#!/bin/sh\nexec '${process.execPath}' '${runPack}' "$@"\n`);
  await chmod(program, 0o755);
  stack = await ContractStack.open(home, "policy");
}, PREPARE_MS);
afterAll(async () => {
  await home.remove();
});

test("the engine runs the pack during a preview, and a program that follows the rules passes", async () => {
  const changes = await stack.preview(() => {
    new CertHierarchy("certs", {
      rootCommonName: "root.example.com",
      hosts: ["orders.example.com"],
      trustDomain: "mesh.example.com",
      clients: [
        { name: "partner", dnsName: "mesh.partner.example", trustDomain: "mesh.partner.example" },
      ],
    });
    return Promise.resolve();
  }, [PACK]);
  expect(changes.filter(({ op }) => op === "create").length).toBeGreaterThan(8);
});

test("a violation of a mandatory rule fails the preview, with the rule's name and its requirement", async () => {
  const preview = stack.preview(() => {
    new tls.PrivateKey("weak", { algorithm: "RSA", rsaBits: 2048 });
    return Promise.resolve();
  }, [PACK]);
  await expect(preview).rejects.toThrow(/cert-key-algorithm[\s\S]*ECDSA/);
});
