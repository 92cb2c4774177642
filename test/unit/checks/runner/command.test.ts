import { beforeEach, expect, test, vi } from "vitest";

import { runCommand } from "../../../../checks/runner/command";

let printed: string[];
beforeEach(() => {
  printed = [];
  vi.spyOn(console, "log").mockImplementation((text: string) => printed.push(text));
  vi.spyOn(console, "error").mockImplementation((text: string) => printed.push(`error: ${text}`));
  return () => {
    vi.restoreAllMocks();
  };
});

const command = {
  usage: "Usage: x",
  parse: ([first]: readonly string[]) => {
    if (first === "--help") return "help" as const;
    if (first === undefined) return { value: 7 };
    throw new Error(`${first}: is unknown`);
  },
  run: ({ value }: { value: number }) => Promise.resolve(value),
};

test("a command returns its exit code", async () => {
  expect(await runCommand(command, [])).toBe(7);
  expect(printed).toEqual([]);
});

test("a wrong flag is an error with the usage", async () => {
  expect(await runCommand(command, ["--nonsense"])).toBe(2);
  expect(printed).toEqual(["error: --nonsense: is unknown\n\nUsage: x"]);
});

test("--help prints the usage, or the longer help of the command", async () => {
  expect(await runCommand(command, ["--help"])).toBe(0);
  expect(await runCommand({ ...command, help: () => "longer" }, ["--help"])).toBe(0);
  expect(printed).toEqual(["Usage: x", "longer"]);
});
