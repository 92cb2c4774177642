import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { afterEach, beforeEach, describe, expect, test } from "vitest";

import { clearReport } from "../../../lab/report";

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "lab-test-"));
});
afterEach(() => {
  rmSync(folder, { recursive: true });
});

describe("the place of the report", () => {
  test("has nothing of a former run in it when a lab begins", () => {
    const file = join(folder, "out.json");
    writeFileSync(file, "{}");
    clearReport(file);

    expect(readFileSync(file, "utf8")).toBe("");
  });

  test.each([
    ["missing/out.json", "ENOENT"],
    ["", "EISDIR"],
  ])("that cannot be written (%j) is named, and made nowhere", (name, reason) => {
    const file = join(folder, name);

    expect(() => {
      clearReport(file);
    }).toThrow(`--json ${file}: cannot be written: ${reason}`);
    expect(readdirSync(folder)).toEqual([]);
  });
});
