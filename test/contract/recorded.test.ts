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

let bench: TestEnvironment;
beforeAll(async () => {
  bench = await startTestEnvironment();
}, PREPARE_MS);
afterAll(async () => {
  await bench.stop();
});

describe.each([
  { setting: "default provider", mutable: false },
  { setting: "enableSecretMutable and enableConfigMapMutable", mutable: true },
])("the recorded program, $setting", ({ setting, mutable }) => {
  let stack: ContractStack;
  const program = (changed: boolean) =>
    recordedProgram({
      kubeconfig: bench.kubeconfig,
      chart: join(bench.charts, "base"),
      mutable,
      changed,
    });

  beforeAll(async () => {
    stack = await ContractStack.open(bench, mutable ? "mutable" : "default");
    await stack.up(program(false));
  });
  afterAll(async () => {
    await stack.destroy();
  });

  test("makes the resources that the official plugins made", async () => {
    const made = Object.fromEntries(
      (await stack.resources()).map((resource) => [
        nameOf(resource.urn),
        describeResource(resource),
      ]),
    );
    const expected = Object.fromEntries(
      recorded.resources.map((resource) => [resource.name, describeResource(resource)]),
    );
    expect(made).toEqual(expected);
  });

  test("leaves no private key in the state in plain text", async () => {
    const state = await stack.stateFile();
    expect(state).toContain("BEGIN CERTIFICATE");
    expect(state).not.toContain("PRIVATE KEY");
    // As the data of a Secret has it.
    const base64 = Buffer.from("-----BEGIN EC PRIVATE KEY---").toString("base64");
    expect(state).not.toContain(base64);
  });

  test("shows no change of an unchanged program", async () => {
    expect(await stack.preview(program(false))).toEqual([]);
  });

  test("plans the changes that the official plugins planned", async () => {
    const expected = recorded.changes[setting]?.preview;
    expect(sorted(await stack.preview(program(true)))).toEqual(sorted(expected ?? []));
  });

  test("makes the changes that the official plugins made", async () => {
    const expected = recorded.changes[setting]?.up;
    expect(sorted(await stack.up(program(true)))).toEqual(sorted(expected ?? []));
  });
});

/** Steps run side by side, so their order is no part of the contract. */
function sorted(changes: readonly Change[]): Change[] {
  const key = ({ name, op }: Change) => `${name} ${op}`;
  return changes
    .map((change) => ({
      ...change,
      diffs: change.diffs?.toSorted() ?? null,
      replaceKeys: change.replaceKeys?.toSorted() ?? null,
    }))
    .toSorted((a, b) => key(a).localeCompare(key(b)));
}
