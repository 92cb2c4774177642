import { copyFile, mkdir } from "node:fs/promises";
import { join } from "node:path";

import * as auto from "@pulumi/pulumi/automation";

import { program } from "../../program";
import { runCommand } from "../process/run-command";
import type { ConfigValue } from "./config-value";

/** The two ends, by the names of their stacks. */
export type StackName = "server" | "client";

/** Where the stacks run. */
export interface StackWorkspace {
  /** Folder of the project, with Pulumi.yaml and the stack files. */
  readonly project: string;
  /** Folder for the state and for copies of the project's files; it holds secrets. */
  readonly folder: string;
  /** Pulumi's home, with the plugins. */
  readonly home: string;
  /** Folder with `bin/pulumi`. */
  readonly engine: string;
  /** Environment of the engine and its plugins, beside this process' own. */
  readonly env: Readonly<Record<string, string>>;
}

/**
 * A stack of the very program that `pulumi up` runs, on a local backend with encrypted secrets. Its configuration is
 * the committed stack file with `settings` over it.
 */
export async function openStack(
  workspace: StackWorkspace,
  stackName: StackName,
  settings: Readonly<Record<string, ConfigValue>>,
  secrets: Readonly<Record<string, string>>,
): Promise<auto.Stack> {
  const workDir = join(workspace.folder, "project");
  const state = join(workspace.folder, "state");
  await mkdir(workDir, { recursive: true });
  await mkdir(state, { recursive: true });
  for (const file of ["Pulumi.yaml", `Pulumi.${stackName}.yaml`]) {
    await copyFile(join(workspace.project, file), join(workDir, file));
  }
  const envVars = {
    ...workspace.env,
    PULUMI_BACKEND_URL: `file://${state}`,
    PULUMI_CONFIG_PASSPHRASE: "lab",
    PULUMI_SKIP_UPDATE_CHECK: "true",
    // The engine would take plugins on the PATH, its own folder's among them, before those of its home.
    PULUMI_IGNORE_AMBIENT_PLUGINS: "true",
  };
  const stack = await auto.LocalWorkspace.createOrSelectStack(
    { stackName, projectName: "istio-mtls", program },
    {
      workDir,
      pulumiHome: workspace.home,
      pulumiCommand: await auto.PulumiCommand.get({
        root: workspace.engine,
        skipVersionCheck: true,
      }),
      envVars,
    },
  );
  await setConfig(stack, settings);
  for (const [key, value] of Object.entries(secrets)) {
    // Not by the Automation API: it passes the value on the command line, which every process of the machine may read,
    // and which its error repeats.
    await runCommand(
      join(workspace.engine, "bin/pulumi"),
      ["config", "set", key, "--stack", stackName, "--secret", "--non-interactive"],
      { cwd: workDir, env: { ...envVars, PULUMI_HOME: workspace.home }, input: value },
    );
  }
  return stack;
}

/** Writes settings into the stack's file, as people do between two runs. */
export async function setConfig(
  { name, workspace }: auto.Stack,
  settings: Readonly<Record<string, ConfigValue>>,
): Promise<void> {
  const file = await workspace.stackSettings(name);
  await workspace.saveStackSettings(name, {
    ...file,
    config: { ...file.config, ...inProject(settings) },
  });
}

function inProject(settings: Readonly<Record<string, ConfigValue>>): Record<string, ConfigValue> {
  return Object.fromEntries(
    Object.entries(settings).map(([key, value]) => [`istio-mtls:${key}`, value]),
  );
}
