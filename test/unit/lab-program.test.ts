import { mkdir, mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";

import { afterEach, beforeEach, describe, expect, test } from "vitest";

import { openStack } from "../../lab/program/stack";

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "lab-test-"));
});
afterEach(async () => {
  await rm(folder, { recursive: true });
});

describe("a secret of a stack", () => {
  /** An engine that notes its command lines and what it reads, and does what `script` says where it is to set a value. */
  async function engine(script: string): Promise<string> {
    await mkdir(join(folder, "bin"));
    const program = `#!/bin/sh
echo "$*" >> ${folder}/commands
case "$*" in
  version) echo v3.0.0 ;;
  *"config set"*) ${script} ;;
esac
`;
    await writeFile(join(folder, "bin/pulumi"), program, { mode: 0o755 });
    return folder;
  }

  const open = async (script: string) =>
    openStack(
      {
        project: resolve("."),
        folder: join(folder, "work"),
        home: join(folder, "home"),
        engine: await engine(script),
        env: {},
      },
      "server",
      {},
      { kubeconfig: "token: hush" },
    );

  test("reaches the engine, but not by a command line", async () => {
    await open(`cat > ${folder}/read`);

    const commands = await readFile(join(folder, "commands"), "utf8");
    expect(commands).not.toContain("hush");
    expect(commands).toMatch(/^config set .*--secret/m);
    expect(await readFile(join(folder, "read"), "utf8")).toBe("token: hush");
  });

  test("is not in the message when it cannot be set", async () => {
    const failed = await open("echo no such stack >&2; exit 1").catch((error: unknown) => error);

    expect(String(failed)).toContain("no such stack");
    expect(String(failed)).not.toContain("hush");
  });
});
