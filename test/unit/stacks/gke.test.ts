import { describe, expect, test } from "vitest";

import type { Recorded } from "../../support/record";
import { recordClient, recordServer, type RecordedStack } from "../../support/stacks";

const ON_GKE = { cluster: "gke", kubeconfig: "" };

/** The graph that each committed stack file makes, to be read and to be compared: what is created, inside what, after what. */
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
  ].join("\n  ");
}
