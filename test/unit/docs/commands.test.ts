import { spawnSync } from "node:child_process";
import { existsSync, readFileSync } from "node:fs";
import { dirname, join } from "node:path";

import { load, loadAll } from "js-yaml";
import { describe, expect, it } from "vitest";

import { commandsIn } from "../../../scripts/markdown-commands";
import { filesIn } from "../../support/tree";

const pages = filesIn(".", ".md").map((path) => ({ path, text: readFileSync(path, "utf8") }));
const { scripts = {} } = JSON.parse(readFileSync("package.json", "utf8")) as {
  scripts?: Record<string, string>;
};

/** The configuration of the program that a page is about: the nearest one up from its folder. */
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
  it("names npm scripts that exist", () => {
    const names = named(text, /\bnpm run ([a-z][\w:-]*)/g);
    expect(names.filter((name) => scripts[name] === undefined)).toEqual([]);
  });

  it("runs scripts that exist", () => {
    const files = named(text, /npx (?:tsx|vitest run --project unit) ([\w./-]+\.ts)/g);
    expect(files.filter((file) => !existsSync(file))).toEqual([]);
  });

  it("sets configuration that exists", () => {
    const keys = named(
      text,
      /pulumi config set (?:--(?:secret|path|plaintext) |--stack \S+ )*['"]?([a-z]\w*)/g,
    );
    const config = configOf(path);
    expect(keys.filter((key) => !(key in config))).toEqual([]);
  });

  it("has shell that parses", () => {
    for (const commands of commandsIn(text)) {
      const { status, stderr } = spawnSync("bash", ["-n"], { input: commands, encoding: "utf8" });
      expect(stderr).toBe("");
      expect(status).toBe(0);
    }
  });

  it("has YAML that parses", () => {
    for (const yaml of commandsIn(text, "yaml")) expect(() => loadAll(yaml)).not.toThrow();
  });
});
