import { describe, expect, test } from "vitest";

import { parseOptions, SUBJECTS, USAGE } from "../../../bench/options";

describe("the command line of the benchmark", () => {
  test("has defaults", () => {
    expect(parseOptions(["path"], "/here")).toMatchObject({
      subject: "path",
      repeats: 5,
      seconds: 2,
    });
  });

  test("resolves files against the user's folder", () => {
    const args = ["lab", "--json", "a.json", "--markdown", "/b.md", "--plots", "c"];
    expect(parseOptions(args, "/here")).toMatchObject({
      json: "/here/a.json",
      markdown: "/b.md",
      plots: "/here/c",
    });
  });

  test.each([
    [["scale"], false],
    [["scale", "--deploy"], true],
  ])("deploys only if asked to: %j", (args, deploy) => {
    expect(parseOptions(args, "/")).toMatchObject({ deploy });
  });

  test.each([
    [[], 'the subject must be one of path, levers, peers, handshake, scale, preview, lab (got "")'],
    [["speed"], '(got "speed")'],
    [["path", "lab"], '(got "path lab")'],
    [["path", "--repeats", "0"], '--repeats: must be an integer ≥ 1 (got "0")'],
    [["path", "--seconds", "2s"], '--seconds: must be an integer ≥ 1 (got "2s")'],
  ])("refuses %j", (args, message) => {
    expect(() => parseOptions(args, "/")).toThrow(message);
  });

  test.each(Object.keys(SUBJECTS))("explains %s", (subject) => {
    expect(USAGE).toMatch(new RegExp(`^  ${subject} +\\w`, "m"));
  });
});
