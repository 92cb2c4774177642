import { mkdir, readFile, writeFile } from "node:fs/promises";
import { join, resolve } from "node:path";

import { describe, expect, test } from "vitest";

import { openStack, setSecret } from "../../../../lab/program/stack";
import { useTempFolder } from "../../../support/temp-folder";

const folder = useTempFolder();

describe("a secret of a stack", () => {
  /** Writes an engine that logs its command lines, and runs `script` to set a value. */
  async function createEngine(script: string): Promise<string> {
    await mkdir(join(folder(), "bin"));
    const program = `#!/bin/sh
echo "$*" >> ${folder()}/commands
case "$*" in
  version) echo v3.0.0 ;;
  *"config set"*) ${script} ;;
esac
`;
    await writeFile(join(folder(), "bin/pulumi"), program, { mode: 0o755 });
    return folder();
  }

  const setIn = async (script: string) => {
    const stack = await openStack(
      {
        projectFolder: resolve("."),
        workFolder: join(folder(), "work"),
        stateFolder: join(folder(), "state"),
        pulumiHome: join(folder(), "home"),
        engine: await createEngine(script),
        env: {},
      },
      "server",
      {},
    );
    await setSecret(stack, "kubeconfig", "token: hush");
  };

  test("reaches the engine, but not on a command line", async () => {
    await setIn(`cat > ${folder()}/read`);

    const commands = await readFile(join(folder(), "commands"), "utf8");
    expect(commands).not.toContain("hush");
    expect(commands).toMatch(/^config set .*--secret/m);
    expect(await readFile(join(folder(), "read"), "utf8")).toBe("token: hush");
  });

  test("is not in the error if it cannot be set", async () => {
    const failed = await setIn("echo no such stack >&2; exit 1").catch((error: unknown) => error);

    expect(String(failed)).toContain("no such stack");
    expect(String(failed)).not.toContain("hush");
  });
});
