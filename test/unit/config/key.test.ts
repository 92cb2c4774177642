import { describe, expect, test } from "vitest";
import { z } from "zod";

import { parseConfig } from "../../../config";
import { emptyAsUnset, fieldsOf, key } from "../../../config/key";
import { flag, integer } from "../../../validation/fields";
import { project, rawConfig, serverConfig } from "../../support/config";

const rows = {
  text: key(z.string(), "default"),
  flag: key(flag, true),
  count: key(integer(1, 5), 3),
  list: key(z.array(z.string()), ["a"]),
  object: key(emptyAsUnset(z.strictObject({ a: z.number() })), {}),
  required: key(z.string()),
};
const schema = z.strictObject(fieldsOf(rows));
const parse = (values: object) => schema.parse({ required: "set", ...values });
const message = (values: object) =>
  schema.safeParse({ required: "set", ...values }).error?.issues[0]?.message;

describe("values, which Pulumi passes as strings,", () => {
  test("are decoded by the type of the key", () => {
    const values = { text: "5", flag: "false", count: "2", list: '["b"]', object: '{"a":1}' };
    expect(parse(values)).toEqual({
      required: "set",
      text: "5",
      flag: false,
      count: 2,
      list: ["b"],
      object: { a: 1 },
    });
  });

  test("are reported as they were written when they have another type", () => {
    expect(message({ count: "two" })).toBe('must be an integer from 1 to 5 (got "two")');
    expect(message({ list: "b" })).toMatch(/^must be a list \(got "b"\): edit the stack's file/);
    expect(message({ object: "a" })).toMatch(/^must be an object \(got "a"\): edit/);
  });

  test("are the defaults when they are not set", () => {
    expect(parse({})).toEqual({
      required: "set",
      text: "default",
      flag: true,
      count: 3,
      list: ["a"],
      object: undefined,
    });
    expect(schema.safeParse({}).success).toBe(false);
  });
});

test("an empty string or object is unset, an empty list is not", () => {
  const field = emptyAsUnset(z.unknown());
  expect([field.parse(""), field.parse({})]).toEqual([undefined, undefined]);
  expect([field.parse([]), field.parse(0), field.parse(false)]).toEqual([[], 0, false]);
});

test("the defaults of Pulumi.yaml are the defaults of the keys", () => {
  const set = Object.keys(project.config).filter(
    (name) => !("default" in (project.config[name] ?? {})),
  );
  const kept = [...set, "gke", "services", "clients"].map((name) => `${project.name}:${name}`);
  const raw = Object.entries(rawConfig("server")).filter(([name]) => kept.includes(name));
  expect(parseConfig(project.name, Object.fromEntries(raw))).toEqual(serverConfig());
});
