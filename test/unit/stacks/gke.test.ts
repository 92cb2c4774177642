import { describe, expect, test } from "vitest";

import type { Recorded } from "../../support/record";
import { recordClient, recordServer, type RecordedStack } from "../../support/stacks";

const ON_GKE = { cluster: "gke", kubeconfig: "" };

/** The resources of each committed stack file, each with its parent, its provider and what it depends on. */
describe("the graph on GKE", () => {
  test.each<[string, () => Promise<RecordedStack>]>([
    ["server", () => recordServer(ON_GKE)],
    ["client", () => recordClient(ON_GKE)],
  ])("of the %s's stack", async (stack, recorded) => {
    const { resources } = await recorded();
    await expect(`${graph(resources)}\n`).toMatchFileSnapshot(`__snapshots__/gke-${stack}.txt`);
  });
});

function graph(resources: readonly Recorded[]): string {
  return resources.map(line).sort().join("\n");
}

function line({ type, name, options }: Recorded): string {
  const { parent, dependsOn = [], provider } = options;
  return [
    `${type} ${name}`,
    ...(parent === undefined ? [] : [`in ${parent}`]),
    ...(provider === undefined ? [] : [`by ${provider}`]),
    ...dependsOn.map((before) => `after ${before}`),
    ...(options.protect ? ["protected"] : []),
    ...(options.retainOnDelete ? ["kept"] : []),
  ].join("\n  ");
}
