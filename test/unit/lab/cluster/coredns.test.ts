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

test("CoreDNS knows the given records, in server blocks of their own, and a changed one replaces its pod", () => {
  const manifests = buildCoreDnsManifests("10.0.0.10", "cluster.local", {
    "a.example": "203.0.113.65",
  });
  const { Corefile = "" } = findManifest(manifests, "ConfigMap")["data"] as Record<string, string>;
  expect(Corefile).toContain('answer "{{ .Name }} 5 IN A 203.0.113.65"');
  expect(Object.keys(parsePlugins(Corefile))).toEqual([
    "cluster.local:53 in-addr.arpa:53",
    "a.example:53",
    ".:53",
  ]);
  const specOf = (list: typeof manifests) => findManifest(list, "Deployment")["spec"];
  expect(specOf(manifests)).not.toEqual(
    specOf(buildCoreDnsManifests("10.0.0.10", "cluster.local")),
  );
});
