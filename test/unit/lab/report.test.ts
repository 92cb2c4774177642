import { readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";

import { describe, expect, test } from "vitest";

import { clearReport } from "../../../lab/report";
import { useTempFolder } from "../../support/temp-folder";

const folder = useTempFolder();

describe("the report file", () => {
  test("has no content of an earlier run when a lab starts", () => {
    const file = join(folder(), "out.json");
    writeFileSync(file, "{}");
    clearReport(file);

    expect(readFileSync(file, "utf8")).toBe("");
  });

  test.each([
    ["missing/out.json", "ENOENT"],
    ["", "EISDIR"],
  ])("that cannot be written (%j) is named, and not created", (name, reason) => {
    const file = join(folder(), name);

    expect(() => {
      clearReport(file);
    }).toThrow(`--json ${file}: cannot be written (${reason}`);
    expect(readdirSync(folder())).toEqual([]);
  });
});
