import { once } from "node:events";
import { mkdir, mkdtemp, readFile, rm, symlink, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";

import type * as auto from "@pulumi/pulumi/automation";
import { afterEach, beforeEach, describe, expect, test } from "vitest";

import { Steps } from "../../../lab/process/steps";
import { checkConfig } from "../../../lab/program/check-config";
import { selectForStack, parseSetFlag } from "../../../lab/program/set-flag";
import { runOperation } from "../../../lab/program/run-operation";
import { openStack } from "../../../lab/program/stack";

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

describe("what the engine prints", () => {
  interface Options {
    readonly onOutput: (text: string) => void;
    readonly signal: AbortSignal;
  }
  const up = (stack: { up: (options: Options) => Promise<unknown> }) =>
    runOperation({ name: "server", ...stack } as unknown as auto.Stack, "up", {
      steps: new Steps({ out: { isTTY: false, columns: 80, write: () => true } }),
      logs: folder,
      verbose: false,
      signal: new AbortController().signal,
    });
  const log = () => join(folder, "pulumi-server-up.log");
  const done = { summary: { resourceChanges: { create: 2, same: 1 } } };

  test("is in a log once the operation is over", async () => {
    const changes = await up({
      up: ({ onOutput }) => {
        onOutput("creating\n");
        return Promise.resolve(done);
      },
    });

    expect(changes).toEqual({ create: 2 });
    expect(await readFile(log(), "utf8")).toBe("creating\n");
  });

  test("that cannot be kept ends the operation, with the folder and the reason", async () => {
    await symlink("/dev/full", log());
    const failed = up({
      up: async ({ onOutput, signal }) => {
        onOutput("creating\n");
        await once(signal, "abort");
        throw new Error("cancelled");
      },
    });

    await expect(failed).rejects.toThrow(`cannot be written to ${folder}: the disk is full`);
  });

  test("that cannot be kept is noticed at the end too", async () => {
    await symlink(folder, log());

    await expect(up({ up: () => Promise.resolve(done) })).rejects.toThrow("EISDIR");
  });

  test("is named by a failure of the engine, with its diagnostics", async () => {
    const failed = up({
      up: () => Promise.reject(new Error("Updating\nDiagnostics:\n  no pod\nResources:\n  1")),
    });

    await expect(failed).rejects.toThrow(
      "pulumi up of the stack server failed:\nDiagnostics:\n  no pod\nWhat the engine printed: pulumi-server-up.log",
    );
  });
});

describe("the settings of --set", () => {
  const check = (...given: string[]) => {
    checkConfig(resolve("."), given.map(parseSetFlag));
  };

  test("go to the stack that they name, or to both", () => {
    const given = ["namespace=shop", "client:testPod=true", "server:services=[]"].map(parseSetFlag);

    expect(selectForStack("server", given)).toEqual({ namespace: "shop", services: [] });
    expect(selectForStack("client", given)).toEqual({ namespace: "shop", testPod: "true" });
  });

  test("that the program takes pass", () => {
    check();
    check("server:ingressType=NodePort", "server:ingressNodeAddress=203.0.113.10");
    check('istioCanary={"revision":"canary","version":"1.31.0"}', "client:intermediateKey=client");
  });

  test.each([
    [["nosuch=1"], "stack server.\n", "istio-mtls:nosuch: the program knows no such key"],
    [["client:egressGateway=none"], "stack client.\n", 'egressGateway: "none"'],
    [["server:ingressType=NodePort"], "stack server.\n", "ingressNodeAddress: is empty"],
    [["server:clients=[]"], "stack server.\n", "clients: is empty"],
    [["testPod=false"], "--set client:testPod=false: the lab", "leave it on"],
    [["server:sampleService=false"], "--set server:sampleService=false: nothing", "leave it on"],
  ])("%j are refused before anything is prepared", (given, where, what) => {
    expect(() => {
      check(...given);
    }).toThrow(where);
    expect(() => {
      check(...given);
    }).toThrow(what);
  });
});
