import { readFileSync } from "node:fs";

import { load } from "js-yaml";
import { describe, expect, it } from "vitest";

import { configurationReference, REFERENCE } from "../../scripts/configuration-reference";
import { documented } from "../../scripts/reference/doc-comments";

const settings = documented("components/gke/settings.ts", "GkeSettings");

describe("docs/configuration.md", () => {
  it("is up to date: else run `npm run docs`", async () => {
    expect(readFileSync(REFERENCE, "utf8")).toBe(await configurationReference());
  });

  it("has every key of Pulumi.yaml", async () => {
    const { config } = load(readFileSync("Pulumi.yaml", "utf8")) as { config: object };
    const text = await configurationReference();
    expect(Object.keys(config).filter((key) => !text.includes(`\n- **\`${key}\`** `))).toEqual([]);
  });

  it("gives each setting of GKE a meaning, and a default or the word required", () => {
    const bare = settings
      .flatMap(({ properties }) => properties)
      .filter(
        ({ meaning, optional, fallback }) => !meaning || optional !== (fallback !== undefined),
      );
    expect(bare.map(({ name }) => name)).toEqual([]);
  });
});
