import { expect, test } from "vitest";

import { parseCidr, overlap } from "../../../validation/cidr";
import { clientConfig, serverConfig } from "../../support/config";
import { named } from "../../support/record";
import { recordClient, recordServer } from "../../support/stacks";

const ON_GKE = { cluster: "gke", kubeconfig: "" };

test("the stack's project and region reach the Google provider, which every Google resource uses", async () => {
  for (const [stack, { resources }] of [
    ["server", await recordServer(ON_GKE)],
    ["client", await recordClient(ON_GKE)],
  ] as const) {
    const provider = named(resources, `${stack}-google`);
    expect(provider.inputs).toMatchObject({ project: "my-project" });
    expect(provider.inputs["region"]).toMatch(/^europe-west/);
    const google = resources.filter(({ type }) => type.startsWith("gcp:"));
    expect(google.length).toBeGreaterThan(10);
    for (const resource of google) expect(resource.outlivedBy).toContain(provider.urn);
  }
});

test("the ranges of the two committed stack files do not overlap", () => {
  const [server, client] = [serverConfig(), clientConfig()].map(({ cluster }) => {
    if (cluster.from !== "gke") throw new Error("the stack is not on GKE");
    const { nodesRange, podsRange, servicesRange } = cluster.settings;
    return [nodesRange, podsRange, servicesRange].map((range) => parseCidr(range));
  });
  expect(server).toHaveLength(3);
  for (const one of server ?? []) {
    for (const other of client ?? []) {
      expect(one && other && overlap(one, other)).toBe(false);
    }
  }
});
