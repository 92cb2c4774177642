import { expect, test } from "vitest";

import { buildCoreDnsManifests } from "../../../../lab/cluster/coredns";
import { findManifest } from "./find-manifest";

/** Plugins of a Corefile, by server block. */
function parsePlugins(corefile: string): Record<string, string[]> {
  return Object.fromEntries(
    [...corefile.matchAll(/^(\S.*) \{\n([\s\S]*?)^\}/gm)].map(([, zones = "", body = ""]) => [
      zones,
      [...body.matchAll(/^ {2}(\w+)/gm)].map(([, plugin = ""]) => plugin),
    ]),
  );
}

test("CoreDNS resolves the cluster's names in one server block, and denies all others in another", () => {
  const configMap = findManifest(buildCoreDnsManifests("10.0.0.10", "cluster.local"), "ConfigMap");
  const { Corefile = "" } = configMap["data"] as Record<string, string>;
  // In the same block, `template` would answer before `kubernetes`.
  expect(parsePlugins(Corefile)).toEqual({
    "cluster.local:53 in-addr.arpa:53": ["errors", "ready", "kubernetes"],
    ".:53": ["errors", "template"],
  });
});
