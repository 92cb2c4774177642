import { describe, expect, test } from "vitest";

import { projectFile } from "../../../../scripts/configuration/project-file";
import { readmeWithTable } from "../../../../scripts/configuration/readme-table";
import { splitDefault } from "../../../../scripts/reference/default-text";

describe("the generated part of a file", () => {
  test("is the block config of Pulumi.yaml, and nothing around it", async () => {
    const text =
      "name: p # a comment\nconfig:\n  outdated:\n    type: string\n\n  # forgotten\nruntime: nodejs\n";
    const generated = await projectFile(text);
    expect(generated).toMatch(/^name: p # a comment\nconfig:\n {2}role:\n/);
    expect(generated).toMatch(/\nruntime: nodejs\n$/);
    expect(generated).not.toMatch(/outdated|forgotten/);
  });

  test("is the table between the comments of README.md, and nothing around it", async () => {
    const start = "<!-- Generated from config/keys by `npm run docs`. -->";
    const end = "<!-- End of the generated table. -->";
    const generated = await readmeWithTable(
      `# Before\n\n${start}\n\noutdated\n\n${end}\n\n# After\n`,
    );
    expect(generated).toMatch(/^# Before\n\n<!-- Generated/);
    expect(generated).toMatch(/table. -->\n\n# After\n$/);
    expect(generated).toMatch(/\| `testPod` +\| `true` +\| Whether to run a pod with curl/);
    expect(generated).not.toContain("outdated");
  });

  test("is refused without the comments", async () => {
    await expect(readmeWithTable("# Title\n")).rejects.toThrow("README.md has no");
  });
});

test.each([
  ["87600 (10 years)", { literal: "87600", words: "10 years" }],
  ['"zonal"; "regional" in Autopilot', { literal: '"zonal"', words: '; "regional" in Autopilot' }],
  ["[] (every address)", { literal: "[]", words: "every address" }],
  ['["SYSTEM", "WORKLOADS"]', { literal: '["SYSTEM", "WORKLOADS"]', words: "" }],
  ["{}", { literal: "{}", words: "" }],
  ["the component's name", { words: "the component's name" }],
])("the default %s has a literal and words", (text, expected) => {
  expect(splitDefault(text)).toEqual(expected);
});
