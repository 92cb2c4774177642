import { join } from "node:path";

import type * as auto from "@pulumi/pulumi/automation";

import { checks } from "../../checks/suites";
import type { Check, Result } from "../../checks/check";
import { discoverMeshes, type Environment } from "../../checks/runner/discover";
import { kubectlFor } from "../../checks/toolkit/kubectl";
import type { Cluster, IntermediatePem, Meshes } from "../../checks/meshes";
import { runChecks } from "../../checks/runner/run";
import { manInTheMiddle } from "../network/man-in-the-middle";
import type { SiteName } from "../network/address-plan";
import { kubeconfigFile, type PreparedLab } from "../prepared-lab";
import type { OperationContext } from "../program/run-operation";
import type { Stacks } from "./stacks";

/** A cluster of the lab, for the checks. */
export function connectCluster({ tools, workFolder }: PreparedLab, name: SiteName): Cluster {
  return {
    name,
    kubectl: kubectlFor({
      kubeconfig: kubeconfigFile(workFolder, name),
      command: join(tools.bin, "kubectl"),
      cacheDir: join(workFolder, name, "kubectl-cache"),
    }),
  };
}

/** What the lab knows and the clusters cannot tell. */
export async function readEnvironment(
  { runFolder }: PreparedLab,
  { server, stateFolder }: Stacks,
): Promise<Environment> {
  return {
    enforcesNetworkPolicy: true,
    manInTheMiddle,
    otherIntermediates: await readIntermediates(server),
    artifacts: [
      { name: "state", path: stateFolder },
      { name: "logs", path: runFolder },
    ],
  };
}

/** Reads what the checks need to know about the two meshes from the clusters. */
export async function discoverLabMeshes(lab: PreparedLab, stacks: Stacks): Promise<Meshes> {
  const [server, client] = [connectCluster(lab, "server"), connectCluster(lab, "client")];
  return discoverMeshes(server, client, await readEnvironment(lab, stacks));
}

/** Reads the intermediates of all clients, as the clients' own stacks would. */
async function readIntermediates(server: auto.Stack): Promise<Record<string, IntermediatePem>> {
  const outputs = await server.outputs();
  const text = (name: string) => outputs[name]?.value as string | undefined;
  const clients = outputs["clients"]?.value as readonly { name: string; dnsName: string }[];
  const found = clients.flatMap(({ name, dnsName }) => {
    const certPem = text(`clientCaCertPem-${name}`);
    const privateKeyPem = text(`clientCaKeyPem-${name}`);
    return certPem !== undefined && privateKeyPem !== undefined
      ? [[dnsName, { certPem, privateKeyPem }] as const]
      : [];
  });
  return Object.fromEntries(found);
}

/**
 * Sends the request that the project exists for: plain HTTP, without a certificate, from a pod of the client mesh.
 *
 * @returns the command and the response, to show to the user
 * @throws Error with the response, unless its status is 200
 */
export async function sendFirstRequest({ client, hosts }: Meshes): Promise<string> {
  const command = ["curl", "-sS", "--max-time", "10", "-i", `http://${hosts[0]}/headers`];
  const pod = ["-n", client.namespace, "deploy/client", "-c", "client"];
  const { stdout, stderr } = await client.kubectl(["exec", ...pod, "--", ...command]);
  if (!/^HTTP\/1.1 200/.test(stdout)) {
    throw new Error(
      `The first request must get status 200 (got ${JSON.stringify(`${stderr}${stdout}`)}): ` +
        "see docs/troubleshooting.md, or run the lab with --verbose",
    );
  }
  return `$ ${command.join(" ")}\n${stdout}`;
}

/** Runs checks as one step, and prints each failure at once. */
export async function runAllChecks(
  found: Meshes,
  { steps, signal }: OperationContext,
  selected: readonly Check[] = checks,
): Promise<readonly Result[]> {
  return steps.run(`${selected.length} checks`, async (step) => {
    const results: Result[] = [];
    for await (const result of runChecks(selected, found, { signal })) {
      results.push(result);
      step.reportWait(`check ${results.length + 1} of ${selected.length}`);
      if (!result.pass && !result.skipped) {
        steps.print(`  ✗ ${result.slug}: ${result.observed}`);
      }
    }
    return results;
  });
}
