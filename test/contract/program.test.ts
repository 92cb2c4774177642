import { join, resolve } from "node:path";

import type * as auto from "@pulumi/pulumi/automation";
import { afterAll, beforeAll, expect, test } from "vitest";

import { buildLabConfig } from "../../lab/program/lab-config";
import { previewAsUser } from "../../lab/program/as-user";
import { openStack, setSecret } from "../../lab/program/stack";
import { PREPARE_MS } from "./support/lab-tools";
import { startTestEnvironment, type TestEnvironment } from "./support/test-environment";

const PROJECT = resolve(__dirname, "../..");

let environment: TestEnvironment;
let server: auto.Stack;
beforeAll(async () => {
  environment = await startTestEnvironment();
  const { folder, pulumiHome, engine, charts, kubeconfig } = environment;
  const workspace = {
    projectFolder: PROJECT,
    workFolder: join(folder, "project"),
    stateFolder: join(folder, "state"),
    pulumiHome,
    engine,
    env: { HELM_CACHE_HOME: join(folder, "helm-cache") },
  };
  server = await openStack(workspace, "server", buildLabConfig(charts, "built"));
  await setSecret(server, "kubeconfig", kubeconfig);
}, PREPARE_MS);
afterAll(async () => {
  await environment.stop();
});

/** A provider that the engine makes itself. `pulumi preview --json` leaves it out. */
const isDefaultProvider = (urn: string) => /::pulumi:providers:\w+::default/.test(urn);

test("pulumi preview loads the program, and plans what the Automation API plans", async () => {
  const planned: string[] = [];
  await server.preview({
    onEvent: ({ resourcePreEvent }) => {
      const urn = resourcePreEvent?.metadata.urn;
      if (urn !== undefined && !isDefaultProvider(urn)) planned.push(urn);
    },
  });
  const steps = await previewAsUser(server, PROJECT);
  expect(steps.map(({ urn }) => urn).sort()).toEqual(planned.sort());
  expect(steps.filter(({ op }) => op === "create").length).toBeGreaterThan(30);
});
