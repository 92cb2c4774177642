import { readFileSync } from "node:fs";
import { join, resolve } from "node:path";

import ts from "typescript";
import { expect, test } from "vitest";

import { readProject } from "../../lab/program/raw-config";

const PROJECT = resolve(__dirname, "../..");

/** A check of all types would take longer than the rest of a preview. */
test("Pulumi starts the program without checking its types", () => {
  const { runtime } = readProject(PROJECT);
  const file = join(PROJECT, runtime.options.tsconfig);
  const { config } = ts.readConfigFile(file, (path) => readFileSync(path, "utf8")) as {
    config: unknown;
  };
  const { options, errors } = ts.parseJsonConfigFileContent(config, ts.sys, PROJECT);
  expect(errors).toEqual([]);
  expect(options).toMatchObject({ noCheck: true, strict: true });
});
