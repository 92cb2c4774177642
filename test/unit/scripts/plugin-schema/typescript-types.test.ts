import { expect, test } from "vitest";

import { TypeScriptTypes } from "../../../../scripts/plugin-schema/typescript-types";

const FILE = "test/unit/scripts/reference/settings-fixture.ts";

test("an interface inherits the settings of a zod object by an alias", async () => {
  const types = new TypeScriptTypes("package");
  const { properties, required } = await types.object(FILE, "Inputs");
  expect(required).toEqual(["region", "entries", "place"]);
  expect(properties).toMatchObject({
    region: { type: "string", plain: true, description: "Name of the region." },
    life: { type: "number", description: "How long it lives. Default: 10 (hours)." },
    size: { $ref: "#/types/package:index:Size" },
    entries: { type: "array", items: { $ref: "#/types/package:index:Entry" } },
    place: { $ref: "#/types/package:index:Place" },
    labels: { type: "object", additionalProperties: { type: "string" } },
    more: { $ref: "#/types/package:index:LifeSettings", description: "One more." },
  });
  expect(types.named.types).toMatchObject({
    "package:index:Size": { enum: [{ value: "small" }, { value: "large" }] },
    "package:index:Place": { description: "Its place.", required: ["floor"] },
    // In `Partial`, nothing is required.
    "package:index:LifeSettings": { description: "A life.", required: [] },
  });
});

test("an interface inherits the settings of a zod object directly", async () => {
  const types = new TypeScriptTypes("package");
  const { properties, required } = await types.object(FILE, "DirectInputs");
  expect(Object.keys(properties)).toEqual(["life", "lives"]);
  expect(required).toEqual(["lives"]);
  expect(properties["lives"]?.items).toMatchObject({ $ref: "#/types/package:index:LifeSettings" });
});
