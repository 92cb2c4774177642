import { once } from "node:events";
import { readFile, symlink } from "node:fs/promises";
import { join } from "node:path";

import type * as auto from "@pulumi/pulumi/automation";
import { describe, expect, test } from "vitest";

import { Steps } from "../../../../lab/process/steps";
import { runOperation } from "../../../../lab/program/run-operation";
import { useTempFolder } from "../../../support/temp-folder";

const folder = useTempFolder();

describe("the output of the engine", () => {
  interface Options {
    readonly onOutput: (text: string) => void;
    readonly signal: AbortSignal;
  }
  const up = (stack: { up: (options: Options) => Promise<unknown> }) =>
    runOperation({ name: "server", ...stack } as unknown as auto.Stack, "up", {
      steps: new Steps({ out: { isTTY: false, columns: 80, write: () => true } }),
      logFolder: folder(),
      verbose: false,
      signal: new AbortController().signal,
    });
  const log = () => join(folder(), "pulumi-server-up.log");
  const result = { summary: { resourceChanges: { create: 2, same: 1, read: 1 } } };

  test("is in a log after the operation", async () => {
    const changes = await up({
      up: ({ onOutput }) => {
        onOutput("creating\n");
        return Promise.resolve(result);
      },
    });

    expect(changes).toEqual({ create: 2 });
    expect(await readFile(log(), "utf8")).toBe("creating\n");
  });

  test("that cannot be written ends the operation, with the folder and the reason", async () => {
    await symlink("/dev/full", log());
    const failed = up({
      up: async ({ onOutput, signal }) => {
        onOutput("creating\n");
        await once(signal, "abort");
        throw new Error("cancelled");
      },
    });

    await expect(failed).rejects.toThrow(
      `Cannot write the engine's output to ${folder()}: the disk is full`,
    );
  });

  test("that cannot be written fails an operation that succeeded", async () => {
    await symlink(folder(), log());

    await expect(up({ up: () => Promise.resolve(result) })).rejects.toThrow("EISDIR");
  });

  test("is named by a failure of the engine, with its diagnostics", async () => {
    const failed = up({
      up: () => Promise.reject(new Error("Updating\nDiagnostics:\n  no pod\nResources:\n  1")),
    });

    await expect(failed).rejects.toThrow(
      "pulumi up server failed:\nDiagnostics:\n  no pod\nFull output of the engine: pulumi-server-up.log",
    );
  });
});
