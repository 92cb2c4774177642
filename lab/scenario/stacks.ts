import { mkdir } from "node:fs/promises";
import { join } from "node:path";

import type * as auto from "@pulumi/pulumi/automation";

import type { Cluster } from "../cluster/start-cluster";
import { SITE_NAMES, type SiteName } from "../network/address-plan";
import type { PreparedLab } from "../prepared-lab";
import { createPulumiHome } from "../prepare/pulumi-plugins";
import type { Steps } from "../process/steps";
import { changeClients } from "../program/change-clients";
import { buildLabConfig } from "../program/lab-config";
import { type OperationContext, runOperation } from "../program/run-operation";
import { selectForStack } from "../program/set-flag";
import { openStack, setSecret, type StackWorkspace } from "../program/stack";

/** The program's two stacks on the lab's two clusters. */
export interface Stacks {
  readonly server: auto.Stack;
  readonly client: auto.Stack;
  /** How the lab runs operations on them. */
  readonly context: OperationContext;
  /** Folder with the state of both stacks. */
  readonly stateFolder: string;
}

/** Opens the program's two stacks, with the values of `--set`. */
export async function openStacks(
  { projectFolder, workFolder, runFolder, tools, flags }: PreparedLab,
  steps: Steps,
  signal: AbortSignal,
): Promise<Stacks> {
  const pulumiHome = join(workFolder, "pulumi-home");
  await createPulumiHome(pulumiHome, tools.plugins);
  const logFolder = join(runFolder, "pulumi");
  await mkdir(logFolder, { recursive: true });
  const workspace: StackWorkspace = {
    projectFolder,
    workFolder: join(workFolder, "pulumi/project"),
    stateFolder: join(workFolder, "pulumi/state"),
    pulumiHome,
    engine: tools.engine,
    env: {
      TMPDIR: workFolder,
      // By default, the Kubernetes plugin keeps downloaded charts in the user's home.
      HELM_CACHE_HOME: join(workFolder, "helm-cache"),
    },
  };
  const open = (name: SiteName) =>
    openStack(workspace, name, {
      ...buildLabConfig(tools.charts, flags.images, tools.monitoringCharts),
      ...selectForStack(name, flags.set),
    });
  const [server, client] = await Promise.all([open("server"), open("client")]);
  return {
    server,
    client,
    context: { steps, logFolder, verbose: flags.verbose, signal },
    stateFolder: workspace.stateFolder,
  };
}

/** Gives each stack the credentials of its cluster. */
export async function connectStacks(
  stacks: Stacks,
  clusters: Readonly<Record<SiteName, Pick<Cluster, "kubeconfigText">>>,
): Promise<void> {
  await Promise.all(
    SITE_NAMES.map((name) => setSecret(stacks[name], "kubeconfig", clusters[name].kubeconfigText)),
  );
}

/**
 * Runs `pulumi up` on the server, then on the client. If the client has a signing request, hands it to the server and
 * runs both again, as the two operators would.
 */
export async function bringUp({ server, client, context }: Stacks): Promise<void> {
  await runOperation(server, "up", context);
  await runOperation(client, "up", context);
  if (!(await handOverSigningRequest(server, client))) return;
  await runOperation(server, "up", context);
  await runOperation(client, "up", context);
}

/** Writes the client's signing request to the server's configuration; false if no request exists or the server already has it. */
async function handOverSigningRequest(server: auto.Stack, client: auto.Stack): Promise<boolean> {
  const { signingRequestPem } = await client.outputs();
  if (signingRequestPem === undefined) return false;
  const request = signingRequestPem.value as string;
  return changeClients(server, (each) =>
    each.name === "client" ? { ...each, signingRequestPem: request } : each,
  );
}

/**
 * Requires that a second `up` would change nothing, and that both clusters still have what the program created.
 *
 * @throws Error that names the operation, the changes by kind and the log
 */
export async function assertNoChanges({ server, client, context }: Stacks): Promise<void> {
  for (const operation of ["preview", "refresh", "preview"] as const) {
    await Promise.all([server, client].map((stack) => requireNoChanges(stack, operation, context)));
  }
}

/** @throws Error that names the operation, the changes by kind and the log */
export async function requireNoChanges(
  stack: auto.Stack,
  operation: "preview" | "refresh",
  context: OperationContext,
): Promise<void> {
  const changes = await runOperation(stack, operation, context);
  if (Object.keys(changes).length === 0) return;
  throw new Error(
    `pulumi ${operation} ${stack.name}, right after up, must find no changes (got ${JSON.stringify(changes)}): ` +
      `look for the changed resources in pulumi-${stack.name}-${operation}.log`,
  );
}

/** Runs `pulumi destroy` on the client, then on the server. */
export async function destroyStacks({ server, client, context }: Stacks): Promise<void> {
  await runOperation(client, "destroy", context);
  await runOperation(server, "destroy", context);
}

interface StackState {
  readonly resources: readonly { readonly urn: string }[];
}

/**
 * Finds a resource in a stack's state, as a user does with `pulumi stack --show-urns`.
 *
 * @throws Error unless exactly one resource has the name
 */
export async function findUrn(stack: auto.Stack, name: string): Promise<string> {
  const state = (await stack.exportStack()) as { readonly deployment: StackState };
  const { resources } = state.deployment;
  const [found, ...others] = resources.filter(({ urn }) => urn.endsWith(`::${name}`));
  if (found && others.length === 0) return found.urn;
  throw new Error(`The state of ${stack.name} must have exactly one resource ${name}`);
}
