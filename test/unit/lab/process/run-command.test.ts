import { expect, test } from "vitest";

import { runCommand } from "../../../../lab/process/run-command";

test("the exit code of a command that does not read its input says whether it failed", async () => {
  const input = "x".repeat(1 << 20);

  await expect(runCommand("sh", ["-c", "echo no >&2; exit 1"], { input })).rejects.toThrow(
    "sh -c: no",
  );
});
