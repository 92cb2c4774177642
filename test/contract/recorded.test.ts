import { readFileSync } from "node:fs";
import { join } from "node:path";

import { afterAll, beforeAll, describe, expect, test } from "vitest";

import { startTestEnvironment, type TestEnvironment } from "./support/test-environment";
import { recordedProgram } from "./support/recorded-program";
import { describeResource } from "./support/shape";
import { ContractStack, nameOf, type Change, type StoredResource } from "./support/contract-stack";
import { PREPARE_MS } from "./support/lab-tools";

interface Recorded {
  readonly resources: (Omit<StoredResource, "urn"> & { readonly name: string })[];
  readonly changes: Record<string, { readonly preview: Change[]; readonly up: Change[] }>;
}

const recorded = JSON.parse(readFileSync(join(__dirname, "recorded.json"), "utf8")) as Recorded;

let environment: TestEnvironment;
beforeAll(async () => {
  environment = await startTestEnvironment();
}, PREPARE_MS);
afterAll(async () => {
  await environment.stop();
});

describe.each([
  { setting: "default provider", mutable: false },
  { setting: "enableSecretMutable and enableConfigMapMutable", mutable: true },
])("the recorded program, with $setting", ({ setting, mutable }) => {
  let stack: ContractStack;
  const program = (changed: boolean) =>
    recordedProgram({
      kubeconfig: environment.kubeconfig,
      chart: join(environment.charts, "base"),
      mutable,
      changed,
    });

  beforeAll(async () => {
    stack = await ContractStack.open(environment, mutable ? "mutable" : "default");
    await stack.up(program(false));
  });
  afterAll(async () => {
    await stack.destroy();
  });

  test("creates the same resources as with the official plugins", async () => {
    const made = Object.fromEntries(
      (await stack.readResources()).map((resource) => [
        nameOf(resource.urn),
        describeResource(resource),
      ]),
    );
    const expected = Object.fromEntries(
      recorded.resources.map((resource) => [resource.name, describeResource(resource)]),
    );
    expect(made).toEqual(expected);
  });

  test("has no private key in plain text in the state", async () => {
    const state = await stack.readStateFile();
    expect(state).toContain("BEGIN CERTIFICATE");
    expect(state).not.toContain("PRIVATE KEY");
    // The data of a Secret has it in this form.
    const base64 = Buffer.from("-----BEGIN EC PRIVATE KEY---").toString("base64");
    expect(state).not.toContain(base64);
  });

  test("has no changes if the program did not change", async () => {
    expect(await stack.preview(program(false))).toEqual([]);
  });

  test("plans the same changes as with the official plugins", async () => {
    const expected = recorded.changes[setting]?.preview;
    expect(sortChanges(await stack.preview(program(true)))).toEqual(sortChanges(expected ?? []));
  });

  test("makes the same changes as with the official plugins", async () => {
    const expected = recorded.changes[setting]?.up;
    expect(sortChanges(await stack.up(program(true)))).toEqual(sortChanges(expected ?? []));
  });
});

/** Sorts changes: the engine runs steps at the same time, so their order is not part of the contract. */
function sortChanges(changes: readonly Change[]): Change[] {
  const key = ({ name, op }: Change) => `${name} ${op}`;
  return changes
    .map((change) => ({
      ...change,
      diffs: change.diffs?.toSorted() ?? null,
      replaceKeys: change.replaceKeys?.toSorted() ?? null,
    }))
    .toSorted((a, b) => key(a).localeCompare(key(b)));
}
