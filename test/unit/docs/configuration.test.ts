import { readFileSync } from "node:fs";

import { load } from "js-yaml";
import { beforeAll, describe, expect, it } from "vitest";

import { configurationReference, REFERENCE } from "../../../scripts/configuration-reference";
import { documented } from "../../../scripts/reference/doc-comments";

const settings = documented("components/gke/settings.ts", "GkeSettings");

describe("docs/configuration.md", () => {
  let made: string;
  // The formatter takes a while to load on a busy machine.
  beforeAll(async () => {
    made = await configurationReference();
  }, 60_000);

  it("is up to date: else run `npm run docs`", () => {
    expect(readFileSync(REFERENCE, "utf8")).toBe(made);
  });

  it("has every key of Pulumi.yaml", () => {
    const { config } = load(readFileSync("Pulumi.yaml", "utf8")) as { config: object };
    expect(Object.keys(config).filter((key) => !made.includes(`\n- **\`${key}\`** `))).toEqual([]);
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
