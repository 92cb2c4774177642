import { spawnSync } from "node:child_process";
import { existsSync, readFileSync } from "node:fs";
import { dirname, join } from "node:path";

import { load, loadAll } from "js-yaml";
import { describe, expect, test } from "vitest";

import { commandsIn } from "../../support/markdown-commands";
import { filesIn } from "../../support/tree";

const pages = filesIn(".", ".md").map((path) => ({ path, text: readFileSync(path, "utf8") }));
const { scripts = {} } = JSON.parse(readFileSync("package.json", "utf8")) as {
  scripts?: Record<string, string>;
};

/** Reads the configuration of the program that a page is about: the nearest Pulumi.yaml above it. */
function readConfigFor(page: string): Record<string, unknown> {
  let folder = dirname(page);
  while (!existsSync(join(folder, "Pulumi.yaml"))) folder = dirname(folder);
  const project = load(readFileSync(join(folder, "Pulumi.yaml"), "utf8"));
  return (project as { config: Record<string, unknown> }).config;
}

/** Finds what the first group of the pattern matches, without duplicates. */
function findNames(text: string, pattern: RegExp): string[] {
  return [...new Set([...text.matchAll(pattern)].map(([, name = ""]) => name))];
}

describe.each(pages)("$path", ({ path, text }) => {
  test("names npm scripts that exist", () => {
    const names = findNames(text, /\bnpm run ([a-z][\w:-]*)/g);
    expect(names.filter((name) => scripts[name] === undefined)).toEqual([]);
  });

  test("runs scripts that exist", () => {
    const files = findNames(text, /npx (?:tsx|vitest run --project unit) ([\w./-]+\.ts)/g);
    expect(files.filter((file) => !existsSync(file))).toEqual([]);
  });

  test("sets configuration that exists", () => {
    const keys = findNames(
      text,
      /pulumi config set (?:--(?:secret|path|plaintext) |--stack \S+ )*['"]?([a-z]\w*)/g,
    );
    const config = readConfigFor(path);
    expect(keys.filter((key) => !(key in config))).toEqual([]);
  });

  test("has shell that parses", () => {
    for (const commands of commandsIn(text)) {
      const { status, stderr } = spawnSync("bash", ["-n"], { input: commands, encoding: "utf8" });
      expect(stderr).toBe("");
      expect(status).toBe(0);
    }
  });

  test("has YAML that parses", () => {
    for (const yaml of commandsIn(text, "yaml")) expect(() => loadAll(yaml)).not.toThrow();
  });
});
