import type * as auto from "@pulumi/pulumi/automation";

import { startLanguageHost } from "./language-host";
import { runPulumi } from "./stack";

/** A change that a preview plans. */
export interface PlannedChange {
  /** Such as `create`, or `same`. */
  readonly op: string;
  readonly urn: string;
}

/**
 * Previews a stack as `pulumi preview` does, which starts the program of a folder in a process of its own. The Automation API
 * calls a program that this process has loaded.
 */
export async function previewAsUser(
  stack: auto.Stack,
  programFolder: string,
): Promise<readonly PlannedChange[]> {
  const output = await runAsUser(stack, programFolder, ["preview", "--json"]);
  return (JSON.parse(output) as { readonly steps: readonly PlannedChange[] }).steps;
}

/** The same for `pulumi up`. */
export async function upAsUser(stack: auto.Stack, programFolder: string): Promise<void> {
  await runAsUser(stack, programFolder, ["up", "--yes", "--skip-preview"]);
}

async function runAsUser(
  stack: auto.Stack,
  programFolder: string,
  args: readonly string[],
): Promise<string> {
  const host = await startLanguageHost(programFolder);
  try {
    return await runPulumi(stack, [...args, "--client", host.address]);
  } finally {
    host.stop();
  }
}
