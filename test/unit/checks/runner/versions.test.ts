import { expect, test } from "vitest";

import { readVersions } from "../../../../checks/runner/versions";
import { fakeContext, fakeKubectl, OK } from "../../../support/checks";

test("the versions of both clusters are read, as far as they show them", async () => {
  const version = JSON.stringify({ serverVersion: { gitVersion: "v1.37.2" } }, null, 2);
  const { run } = fakeKubectl([
    ["version -o json", { ...OK, stdout: version }],
    ["app=istiod", { ...OK, stdout: "istio/pilot:1.31.0 istio/pilot:1.31.0" }],
  ]);
  const { meshes } = fakeContext(run);
  const silent = { ...meshes.client, kubectl: fakeKubectl([]).run };

  expect(await readVersions({ ...meshes, client: silent })).toEqual({
    node: process.version,
    "kubernetes (server)": "v1.37.2",
    "istiod (server)": "istio/pilot:1.31.0",
  });
});
