import type * as auto from "@pulumi/pulumi/automation";

import type { Check } from "../../checks/check";
import type { KnownClient, Meshes } from "../../checks/meshes";
import { discoverMeshes } from "../../checks/runner/discover";
import { failures } from "../../checks/runner/report";
import type { Kubectl } from "../../checks/toolkit/kubectl";
import type { OperationContext } from "../program/run-operation";
import { runAllChecks } from "./verify";

/** Where the two ends of a path are. */
interface Ends {
  readonly server: Kubectl;
  readonly client: Kubectl;
}

/** Reads the path to a server that a story has deployed. `client` is in that server's key `clients`. */
export async function discoverPath(
  { server, client }: Ends,
  stack: auto.Stack,
  { name, dnsName }: Pick<KnownClient, "dnsName"> & { readonly name: string },
): Promise<Meshes> {
  const outputs = await stack.outputs();
  const pem = (output: string) => String(outputs[`${output}-${name}`]?.value);
  return discoverMeshes(
    { name: "server", kubectl: server },
    { name: "client", kubectl: client },
    {
      enforcesNetworkPolicy: true,
      otherIntermediates: {
        [dnsName]: { certPem: pem("clientCaCertPem"), privateKeyPem: pem("clientCaKeyPem") },
      },
    },
  );
}

/** @throws Error with `title`, that lists the checks of a path that failed */
export async function requireChecks(
  meshes: Meshes,
  context: OperationContext,
  title: string,
  selected?: readonly Check[],
): Promise<void> {
  const failed = failures(await runAllChecks(meshes, context, selected));
  if (failed.length === 0) return;
  const lines = failed.map(({ slug, observed }) => `  ${slug}: ${observed}`);
  throw new Error(`${title}:\n${lines.join("\n")}`);
}
