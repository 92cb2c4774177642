import { describe, expect, test } from "vitest";

import { buildNodeRbacManifests } from "../../../../lab/cluster/node-rbac";
import { findManifest } from "./find-manifest";

describe("the role of the node agent", () => {
  const rules = findManifest(buildNodeRbacManifests(), "ClusterRole")["rules"] as readonly {
    readonly resources: readonly string[];
    readonly verbs: readonly string[];
  }[];
  const isAllowed = (verb: string, resource: string) =>
    rules.some(({ resources, verbs }) => resources.includes(resource) && verbs.includes(verb));

  test.each([
    ["patch", "services", "to keep a Service until its address is released"],
    ["patch", "services/status", "to assign an address to a Service"],
    ["delete", "pods", "to finish the deletion of a pod"],
    ["create", "serviceaccounts/token", "to give a pod its identity"],
  ])("allows %s on %s, %s", (verb, resource) => {
    expect(isAllowed(verb, resource)).toBe(true);
  });

  test("does not allow it to write Secrets or to create pods", () => {
    const writes = ["create", "update", "patch"];
    expect(writes.filter((verb) => isAllowed(verb, "secrets"))).toEqual([]);
    expect(isAllowed("create", "pods")).toBe(false);
  });
});
