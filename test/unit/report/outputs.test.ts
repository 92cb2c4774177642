import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";

import { describe, expect, test } from "vitest";

import { clearOutputs, pageFile, requireValue } from "../../../report/outputs";
import { useTempFolder } from "../../support/temp-folder";

const folder = useTempFolder();

describe("the outputs of a command", () => {
  test("have no content of an earlier run when it starts", () => {
    const json = join(folder(), "out.json");
    const report = join(folder(), "page");
    mkdirSync(report);
    for (const file of [json, pageFile(report)]) writeFileSync(file, "{}");
    clearOutputs({ json, report });

    expect(readFileSync(json, "utf8")).toBe("");
    expect(existsSync(pageFile(report))).toBe(false);
  });

  test("may name a folder that does not exist yet, and keep its other files", () => {
    const report = join(folder(), "new/page");
    clearOutputs({ report });
    writeFileSync(join(report, "notes"), "");
    clearOutputs({ report });

    expect(readdirSync(report)).toEqual(["notes"]);
  });

  test.each([
    ["missing/out.json", "ENOENT"],
    ["", "EISDIR"],
  ])("that cannot be written (%j) are named, and not created", (name, reason) => {
    const json = join(folder(), name);

    expect(() => {
      clearOutputs({ json });
    }).toThrow(`--json ${json}: cannot be written (${reason}`);
    expect(readdirSync(folder())).toEqual([]);
  });

  test("must not be a file in place of a folder", () => {
    const report = join(folder(), "file");
    writeFileSync(report, "");

    expect(() => {
      clearOutputs({ report });
    }).toThrow(
      new RegExp(
        `^--report ${report}: cannot be written \\(EEXIST.*name a folder, which may be new`,
      ),
    );
  });

  test("must have names", () => {
    expect(() => {
      requireValue("json", "");
    }).toThrow('--json: must be a file name (got ""): as in --json out.json');
    expect(() => {
      requireValue("report", "");
    }).toThrow('--report: must be a folder name (got ""): as in --report out');
  });
});
