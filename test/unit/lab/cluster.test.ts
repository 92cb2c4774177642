import { describe, expect, test } from "vitest";

import type { Manifest } from "../../../lab/cluster/api-client";
import { buildCoreDnsManifests } from "../../../lab/cluster/coredns";
import { buildNodeRbacManifests } from "../../../lab/cluster/node-rbac";

function find(manifests: readonly Manifest[], kind: string): Record<string, unknown> {
  const found = manifests.map(({ object }) => object as Record<string, unknown>);
  return found.find((object) => object["kind"] === kind) ?? {};
}

/** Plugins of a Corefile by server block. */
function blocks(corefile: string): Record<string, string[]> {
  return Object.fromEntries(
    [...corefile.matchAll(/^(\S.*) \{\n([\s\S]*?)^\}/gm)].map(([, zones = "", body = ""]) => [
      zones,
      [...body.matchAll(/^ {2}(\w+)/gm)].map(([, plugin = ""]) => plugin),
    ]),
  );
}

test("CoreDNS knows the cluster's names in one block, and denies all others in another", () => {
  const { Corefile = "" } = find(buildCoreDnsManifests("10.0.0.10", "cluster.local"), "ConfigMap")["data"] as Record<
    string,
    string
  >;
  // In one block, `template` would answer before `kubernetes` is asked.
  expect(blocks(Corefile)).toEqual({
    "cluster.local:53 in-addr.arpa:53": ["errors", "ready", "kubernetes"],
    ".:53": ["errors", "template"],
  });
});

describe("the node agent may", () => {
  const rules = find(buildNodeRbacManifests(), "ClusterRole")["rules"] as readonly {
    readonly resources: readonly string[];
    readonly verbs: readonly string[];
  }[];
  const may = (verb: string, resource: string) =>
    rules.some(({ resources, verbs }) => resources.includes(resource) && verbs.includes(verb));

  test.each([
    ["patch", "services", "hold a Service until its address is given back"],
    ["patch", "services/status", "give a Service its address"],
    ["delete", "pods", "end a pod's life"],
    ["create", "serviceaccounts/token", "give a pod its identity"],
  ])("%s %s, to %s", (verb, resource) => {
    expect(may(verb, resource)).toBe(true);
  });

  test("not write Secrets, nor make pods", () => {
    expect(["create", "update", "patch"].filter((verb) => may(verb, "secrets"))).toEqual([]);
    expect(may("create", "pods")).toBe(false);
  });
});
