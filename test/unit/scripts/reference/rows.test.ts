import { describe, expect, test } from "vitest";

import { rowGroups, type RowGroup } from "../../../../scripts/reference/rows";
import { describeSettings } from "../../../../scripts/reference/setting";
import { typeText } from "../../../../scripts/reference/type-text";
import { jsonSchemaOf } from "../../../../validation/json-schema";
import { fixtureSettings, kindSettings } from "./settings-fixture";

const FILE = "test/unit/scripts/reference/settings-fixture.ts";
const groups = rowGroups(FILE, "fixtureSettings");
const names = (found: readonly RowGroup[]) =>
  found.map((group) => [group.name, group.rows.map((row) => row.name)]);
const row = (name: string) => groups.flatMap(({ rows }) => rows).find((each) => each.name === name);

describe("rowGroups", () => {
  test("finds the spread groups, then the own rows, behind checks", () => {
    expect(names(groups)).toEqual([
      ["placeSettings", ["region"]],
      ["fixtureSettings", ["life", "size", "entries", "place", "labels"]],
    ]);
    expect(groups.map(({ comment }) => comment.meaning)).toEqual([
      "Where it is.",
      "What a fixture can be told.",
    ]);
  });

  test("follows a constant that only refers to another one", () => {
    expect(names(rowGroups(FILE, "aliasSettings"))).toEqual(names(groups));
  });

  test("follows imports", () => {
    const inside = rowGroups("config/keys/common.ts", "commonKeys")
      .flatMap(({ rows }) => rows)
      .find(({ name }) => name === "certificates")
      ?.groups();
    expect(names(inside ?? [])).toEqual([
      ["certificateLifetimes", ["rootHours", "intermediateHours", "leafHours"]],
    ]);
  });

  test("finds the rows inside a list and inside an object", () => {
    expect(names(row("entries")?.groups() ?? [])).toEqual([["entry", ["name"]]]);
    expect(names(row("place")?.groups() ?? [])).toEqual([["", ["floor"]]]);
    expect(row("life")?.groups()).toEqual([]);
  });

  test("reads meaning, default and links", () => {
    expect(row("life")?.comment).toEqual({
      meaning: "How long it lives.",
      default: "10 (hours)",
      see: [],
    });
    expect(row("entries")?.groups()[0]?.rows[0]?.comment).toEqual({
      meaning: "Name of the entry.",
      see: ["https://example.com/entries#name (CIS GKE 1.4: 1.2)"],
    });
  });

  test("names the file when it lacks the constant", () => {
    expect(() => rowGroups(FILE, "other")).toThrow(`${FILE} has no rows other`);
  });
});

describe("describeSettings", () => {
  test("takes types and defaults from the schema", () => {
    const described = describeSettings(() => groups, jsonSchemaOf(fixtureSettings));
    const facts = described
      .flatMap(({ settings }) => settings)
      .map((each) => [each.name, typeText(each.schema), each.optional, each.default]);
    expect(facts).toEqual([
      ["region", "string", false, undefined],
      ["life", "integer from 1 to 439200", true, "10 (hours)"],
      ["size", '"small" | "large"', true, undefined],
      ["entries", "object[]", false, undefined],
      ["place", "object", false, undefined],
      ["labels", "map of string", true, '{"a":"b"}'],
    ]);
  });

  test("describes a union of objects as one object", () => {
    const [group] = describeSettings(
      () => rowGroups(FILE, "kindSettings"),
      jsonSchemaOf(kindSettings),
    );
    const facts = group?.settings.map((each) => [each.name, typeText(each.schema), each.optional]);
    expect(facts).toEqual([
      ["kind", '"full" | "bare"', false],
      ["life", "integer from 1 to 439200", true],
    ]);
    expect(group?.settings[0]?.meaning).toBe(
      "Which kind it is.\n- `full`: it has a life.\n- `bare`: it has none.",
    );
  });

  test("refuses a schema with a setting that the source does not declare", () => {
    expect(() => describeSettings(() => [], jsonSchemaOf(fixtureSettings))).toThrow(
      "no row found for region, life, size",
    );
  });
});
