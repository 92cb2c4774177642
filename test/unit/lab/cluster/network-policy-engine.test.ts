import { expect, test } from "vitest";

import { buildNetworkPolicyRbac } from "../../../../lab/cluster/network-policy-engine";
import { findManifest } from "./find-manifest";

test("the engine can read pods, namespaces and policies, and nothing else", () => {
  const { rules } = findManifest(buildNetworkPolicyRbac(), "ClusterRole") as {
    readonly rules: readonly {
      readonly resources: readonly string[];
      readonly verbs: readonly string[];
    }[];
  };

  expect(rules.flatMap(({ resources }) => resources)).toEqual([
    "pods",
    "namespaces",
    "networkpolicies",
  ]);
  expect(new Set(rules.flatMap(({ verbs }) => verbs))).toEqual(new Set(["list", "watch"]));
});
