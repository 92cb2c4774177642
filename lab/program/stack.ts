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
  readonly projectFolder: string;
  /** Folder for copies of Pulumi.yaml and the stack files, which the lab changes. */
  readonly workFolder: string;
  /** Folder for the state; it holds secrets. */
  readonly stateFolder: string;
  /** Value of PULUMI_HOME: the folder that has the plugins. */
  readonly pulumiHome: string;
  /** Folder with `bin/pulumi`. */
  readonly engine: string;
  /** Environment variables for the engine and its plugins, added to those of this process. */
  readonly env: Readonly<Record<string, string>>;
}

/**
 * Opens a stack of the same program that `pulumi up` runs, on a local backend with encrypted secrets. Its configuration
 * is the committed stack file with `config` over it.
 */
export async function openStack(
  workspace: StackWorkspace,
  stackName: StackName,
  config: Readonly<Record<string, ConfigValue>>,
): Promise<auto.Stack> {
  const { projectFolder, workFolder: workDir, stateFolder, pulumiHome, engine } = workspace;
  await mkdir(workDir, { recursive: true });
  await mkdir(stateFolder, { recursive: true });
  for (const file of ["Pulumi.yaml", `Pulumi.${stackName}.yaml`]) {
    await copyFile(join(projectFolder, file), join(workDir, file));
  }
  const envVars = {
    ...workspace.env,
    PULUMI_BACKEND_URL: `file://${stateFolder}`,
    PULUMI_CONFIG_PASSPHRASE: "lab",
    PULUMI_SKIP_UPDATE_CHECK: "true",
    // Otherwise the engine prefers plugins on the PATH, which includes its own folder, to those in PULUMI_HOME.
    PULUMI_IGNORE_AMBIENT_PLUGINS: "true",
  };
  const stack = await auto.LocalWorkspace.createOrSelectStack(
    { stackName, projectName: "istio-mtls", program },
    {
      workDir,
      pulumiHome,
      pulumiCommand: await auto.PulumiCommand.get({ root: engine, skipVersionCheck: true }),
      envVars,
    },
  );
  await setConfig(stack, config);
  return stack;
}

/**
 * Opens a further stack of the program beside another one. Its file is a copy of the other's, with `config` over it.
 */
export async function openBeside(
  { name, workspace }: auto.Stack,
  stackName: string,
  { config, secrets }: StackValues,
): Promise<auto.Stack> {
  const { workDir, pulumiHome = "", pulumiCommand, envVars } = workspace;
  const fileOf = (stack: string) => join(workDir, `Pulumi.${stack}.yaml`);
  await copyFile(fileOf(name), fileOf(stackName));
  const stack = await auto.LocalWorkspace.createOrSelectStack(
    { stackName, projectName: "istio-mtls", program },
    { workDir, pulumiHome, pulumiCommand, envVars },
  );
  await setConfig(stack, config);
  for (const [key, value] of Object.entries(secrets)) await setSecret(stack, key, value);
  return stack;
}

/** Configuration of a stack. */
interface StackValues {
  readonly config: Readonly<Record<string, ConfigValue>>;
  readonly secrets: Readonly<Record<string, string>>;
}

/** Writes values to the stack's file, as a user would between two runs. */
export async function setConfig(
  { name, workspace }: auto.Stack,
  config: Readonly<Record<string, ConfigValue>>,
): Promise<void> {
  const file = await workspace.stackSettings(name);
  await workspace.saveStackSettings(name, {
    ...file,
    config: { ...file.config, ...withProjectName(config) },
  });
}

/** Writes a secret to the stack's file, encrypted. The path is a key, or a field of one, such as `givenCa.privateKeyPem`. */
export async function setSecret(stack: auto.Stack, path: string, value: string): Promise<void> {
  // The Automation API would pass the value on the command line, which every process on the machine can read and
  // which its errors repeat.
  await runPulumi(stack, ["config", "set", "--path", path, "--secret"], value);
}

/** Runs a command of the engine on a stack; returns its standard output. */
export function runPulumi(
  { name, workspace }: auto.Stack,
  args: readonly string[],
  input?: string,
): Promise<string> {
  const { workDir, envVars, pulumiHome = "", pulumiCommand } = workspace;
  return runCommand(pulumiCommand.command, [...args, "--stack", name, "--non-interactive"], {
    cwd: workDir,
    env: { ...envVars, PULUMI_HOME: pulumiHome },
    ...(input !== undefined && { input }),
  });
}

function withProjectName(
  config: Readonly<Record<string, ConfigValue>>,
): Record<string, ConfigValue> {
  return Object.fromEntries(
    Object.entries(config).map(([key, value]) => [`istio-mtls:${key}`, value]),
  );
}
