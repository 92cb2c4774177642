import { mkdir } from "node:fs/promises";
import { join } from "node:path";

import type * as auto from "@pulumi/pulumi/automation";

import { checks } from "../checks/suites";
import { describeCertificates } from "../checks/runner/certificate-tree";
import type { Result } from "../checks/check";
import { discoverMeshes } from "../checks/runner/discover";
import { kubectlFor } from "../checks/toolkit/kubectl";
import type { Meshes } from "../checks/meshes";
import { runChecks } from "../checks/runner/run";
import type { Cluster } from "./cluster/start-cluster";
import { manInTheMiddle } from "./network/intercept";
import type { SiteName } from "./network/addresses";
import { createPulumiHome } from "./prepare/plugins";
import type { Steps } from "./process/steps";
import { givenSettings } from "./program/given";
import { operate, type Watch } from "./program/operations";
import { labSettings } from "./program/settings";
import { changeSettings, openStack, type Workspace } from "./program/stack";
import type { Settings } from "./settings";

/** The two stacks on the lab's two clusters. */
export interface Stacks {
  readonly server: auto.Stack;
  readonly client: auto.Stack;
  readonly watch: Watch;
  /** Folder with the stacks' state. */
  readonly state: string;
}

/** Opens the program's two stacks on the two clusters, with what `--set` asks for. */
export async function openStacks(
  { project, work, run, tools, flags }: Settings,
  clusters: Readonly<Record<SiteName, Cluster>>,
  steps: Steps,
  signal: AbortSignal,
): Promise<Stacks> {
  const home = join(work, "pulumi-home");
  await createPulumiHome(home, tools.plugins);
  const logs = join(run, "pulumi");
  await mkdir(logs, { recursive: true });
  const workspace: Workspace = {
    project,
    folder: join(work, "pulumi"),
    home,
    engine: tools.engine,
    env: {
      LAB_HELM: join(tools.bin, "helm"),
      TMPDIR: work,
      // Helm's discovery cache would be in the user's home.
      KUBECACHEDIR: join(work, "helm-cache"),
    },
  };
  const open = (name: SiteName) =>
    openStack(
      workspace,
      name,
      { ...labSettings(tools.charts), ...givenSettings(name, flags.set) },
      { kubeconfig: clusters[name].kubeconfigText },
    );
  return {
    server: await open("server"),
    client: await open("client"),
    watch: { steps, logs, verbose: flags.verbose, signal },
    state: workspace.folder,
  };
}

/**
 * `pulumi up` of the server, then of the client. Where the client's intermediate is to be signed, as its operators do
 * it: the client's request into the server's settings, and both once more.
 */
export async function bringUp({ server, client, watch }: Stacks): Promise<void> {
  await operate(server, "up", watch);
  await operate(client, "up", watch);
  if (!(await signRequest(server, client))) return;
  await operate(server, "up", watch);
  await operate(client, "up", watch);
}

/** Gives the server the client's signing request, where there is one that it has not signed yet. */
async function signRequest(server: auto.Stack, client: auto.Stack): Promise<boolean> {
  const { signingRequestPem } = await client.outputs();
  if (signingRequestPem === undefined) return false;
  const clients = JSON.parse((await server.getConfig("clients")).value) as [object];
  const signed = [{ ...clients[0], signingRequestPem: signingRequestPem.value as string }];
  if (JSON.stringify(signed) === JSON.stringify(clients)) return false;
  await changeSettings(server, { clients: signed });
  return true;
}

/** What the checks need to know of the two meshes. */
export async function meshes(
  clusters: Readonly<Record<SiteName, Cluster>>,
  { tools, run, work }: Settings,
  { state }: Stacks,
): Promise<Meshes> {
  const cluster = (name: SiteName) => ({
    name,
    kubectl: kubectlFor({
      kubeconfig: clusters[name].kubeconfig,
      command: join(tools.bin, "kubectl"),
      cacheDir: join(work, name, "kubectl-cache"),
    }),
  });
  return discoverMeshes(cluster("server"), cluster("client"), {
    enforcesNetworkPolicy: false,
    manInTheMiddle,
    artifacts: [
      { name: "state", path: join(state, "state") },
      { name: "logs", path: run },
    ],
  });
}

/**
 * The request that the project is for: plain HTTP, no certificate, from a pod of the client mesh.
 *
 * @throws Error with what came back, when it is no 200
 */
export async function firstRequest({ client, hosts }: Meshes): Promise<string> {
  const command = ["curl", "-sS", "--max-time", "10", "-i", `http://${hosts[0]}/headers`];
  const pod = ["-n", client.namespace, "deploy/client", "-c", "client"];
  const { stdout, stderr } = await client.kubectl(["exec", ...pod, "--", ...command]);
  if (!/^HTTP\/1.1 200/.test(stdout)) throw new Error(`no 200 came back: ${stderr}${stdout}`);
  return `$ ${command.join(" ")}\n${stdout}`;
}

/** Runs the list of checks as one step, and shows each that fails as soon as it has. */
export async function check(found: Meshes, { steps, signal }: Watch): Promise<readonly Result[]> {
  return steps.run(`${checks.length} checks`, async (step) => {
    const results: Result[] = [];
    for await (const result of runChecks(checks, found, { signal })) {
      results.push(result);
      step.waiting(`check ${results.length + 1} of ${checks.length}`);
      if (!result.pass && !result.skipped) {
        steps.print(`  ✗ ${result.slug}: ${result.observed}`);
      }
    }
    return results;
  });
}

/**
 * What a second `up` would change, and what the clusters no longer have as it was made: nothing.
 *
 * @throws Error that names what is not as it should be
 */
export async function settled({ server, client, watch }: Stacks): Promise<void> {
  for (const operation of ["preview", "refresh", "preview"] as const) {
    for (const stack of [server, client]) {
      const changes = await operate(stack, operation, watch);
      if (Object.keys(changes).length === 0) continue;
      throw new Error(
        `pulumi ${operation} of the stack ${stack.name} right after its up changes ${JSON.stringify(changes)}: ` +
          `see pulumi-${stack.name}-${operation}.log`,
      );
    }
  }
}

/** `pulumi destroy` of the client, then of the server. */
export async function tearDown({ server, client, watch }: Stacks): Promise<void> {
  await operate(client, "destroy", watch);
  await operate(server, "destroy", watch);
}

/** The certificates of both gateways and meshes, each under its issuer. */
export function certificates(found: Meshes): Promise<string> {
  return describeCertificates(found);
}
