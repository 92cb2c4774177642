import { spawnSync } from "node:child_process";
import { existsSync, readFileSync } from "node:fs";
import { dirname, join } from "node:path";

import { load, loadAll } from "js-yaml";
import { describe, expect, test } from "vitest";

import { commandsIn } from "../../../scripts/markdown-commands";
import { filesIn } from "../../support/tree";

const pages = filesIn(".", ".md").map((path) => ({ path, text: readFileSync(path, "utf8") }));
const { scripts = {} } = JSON.parse(readFileSync("package.json", "utf8")) as {
  scripts?: Record<string, string>;
};

/** The configuration keys of the program that a page describes: the nearest Pulumi.yaml in its folder or above. */
function configOf(page: string): Record<string, unknown> {
  let folder = dirname(page);
  while (!existsSync(join(folder, "Pulumi.yaml"))) folder = dirname(folder);
  const project = load(readFileSync(join(folder, "Pulumi.yaml"), "utf8"));
  return (project as { config: Record<string, unknown> }).config;
}

function named(text: string, pattern: RegExp): string[] {
  return [...new Set([...text.matchAll(pattern)].map(([, name = ""]) => name))];
}

describe.each(pages)("$path", ({ path, text }) => {
  test("its npm scripts exist", () => {
    const names = named(text, /\bnpm run ([a-z][\w:-]*)/g);
    expect(names.filter((name) => scripts[name] === undefined)).toEqual([]);
  });

  test("its script files exist", () => {
    const files = named(text, /npx (?:tsx|vitest run --project unit) ([\w./-]+\.ts)/g);
    expect(files.filter((file) => !existsSync(file))).toEqual([]);
  });

  test("its configuration keys exist", () => {
    const keys = named(
      text,
      /pulumi config set (?:--(?:secret|path|plaintext) |--stack \S+ )*['"]?([a-z]\w*)/g,
    );
    const config = configOf(path);
    expect(keys.filter((key) => !(key in config))).toEqual([]);
  });

  test("its shell commands parse", () => {
    for (const commands of commandsIn(text)) {
      const { status, stderr } = spawnSync("bash", ["-n"], { input: commands, encoding: "utf8" });
      expect(stderr).toBe("");
      expect(status).toBe(0);
    }
  });

  test("its YAML parses", () => {
    for (const yaml of commandsIn(text, "yaml")) expect(() => loadAll(yaml)).not.toThrow();
  });
});
