import { readFileSync } from "node:fs";

import { describe, expect, test } from "vitest";

import { GENERATED } from "../../../scripts/configuration";
import { documentedKeys } from "../../../scripts/configuration/keys";
import { splitDefault } from "../../../scripts/reference/default-text";
import type { Setting } from "../../../scripts/reference/setting";

/** A setting with the path of keys that leads to it. */
interface Located {
  readonly path: string;
  readonly setting: Setting;
}

function withInside(setting: Setting, path = setting.name): readonly Located[] {
  const inside = setting.groups.flatMap(({ settings }) => settings);
  return [{ path, setting }, ...inside.flatMap((each) => withInside(each, `${path}.${each.name}`))];
}

const settings = documentedKeys().flatMap((key) => withInside(key));

describe("what is generated from config/keys", () => {
  // The formatter takes a while to load on a busy machine.
  test.each(Object.entries(GENERATED))(
    "is up to date in %s: if not, run `npm run docs`",
    async (file, generate) => {
      const text = readFileSync(file, "utf8");
      expect(text).toBe(await generate(text));
    },
    60_000,
  );
});

describe("every setting", () => {
  test("has a meaning", () => {
    expect(settings.length).toBeGreaterThan(90);
    const bare = settings.filter(({ setting }) => setting.meaning === "");
    expect(bare.map(({ path }) => path)).toEqual([]);
  });

  test("is required or has a default", () => {
    const wrong = settings.filter(
      ({ setting }) => setting.optional !== (setting.default !== undefined),
    );
    expect(wrong.map(({ path }) => path)).toEqual([]);
  });

  test("has the default that its doc comment names", () => {
    const wrong = settings.filter(({ setting }) => {
      if (setting.schema.default === undefined) return false;
      const { literal } = splitDefault(setting.default ?? "");
      return literal !== JSON.stringify(setting.schema.default);
    });
    expect(wrong.map(({ path, setting }) => `${path}: ${setting.default ?? ""}`)).toEqual([]);
  });

  test("starts with a sentence that is short enough for a table", () => {
    const long = documentedKeys().filter(
      ({ meaning }) => (meaning.split(/\.\s/)[0] ?? "").length > 140,
    );
    expect(long.map(({ name }) => name)).toEqual([]);
  });
});
