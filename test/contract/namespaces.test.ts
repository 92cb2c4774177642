import * as k8s from "@pulumi/kubernetes";
import { expect, test } from "vitest";

import { keptNamespace } from "../../components/kept-namespace";
import { environment, findStored, inCluster, stack, useTestStacks } from "./support/test-stacks";

useTestStacks();

/** A program with one object in a namespace. */
const program = (name: string) =>
  inCluster((options) => {
    const { metadata } = keptNamespace("kept", { name, labels: { ours: "yes" } }, options);
    new k8s.core.v1.ConfigMap("own", { metadata: { namespace: metadata.name } }, options);
  });

/** The user's part of a namespace: labels, and objects. */
async function content(name: string): Promise<readonly string[]> {
  const namespace = JSON.parse(
    await environment.kubectl(["get", "namespace", name, "-o", "json"]),
  ) as { metadata: { labels: Record<string, string> }; status: { phase: string } };
  const objects = await environment.kubectl(["get", "configmaps", "-n", name, "-o", "name"]);
  return [
    namespace.status.phase,
    ...Object.keys(namespace.metadata.labels).filter((key) => !key.includes("kubernetes.io/")),
    ...objects.split(/\s+/).filter((each) => each.endsWith("/theirs") || each.includes("/own-")),
  ].map((each) => each.replace(/(own-).*/, "$1"));
}

test("an existing namespace is used, and destroy leaves it with what is not the program's", async () => {
  await environment.kubectl(["create", "namespace", "there"]);
  await environment.kubectl(["label", "namespace", "there", "theirs=yes"]);
  await environment.kubectl(["create", "configmap", "theirs", "-n", "there"]);

  await stack.up(program("there"));
  expect(await content("there")).toEqual([
    "Active",
    "ours",
    "theirs",
    expect.stringMatching(/own-/),
    "configmap/theirs",
  ]);
  await stack.destroy();
  expect(await content("there")).toEqual(["Active", "ours", "theirs", "configmap/theirs"]);
});

test("a change of the name moves the program's objects, and leaves the namespace that it made", async () => {
  await stack.up(program("old"));
  await environment.kubectl(["create", "configmap", "theirs", "-n", "old"]);

  await stack.up(program("new"));
  expect(await content("old")).toEqual(["Active", "ours", "configmap/theirs"]);
  expect(await content("new")).toEqual(["Active", "ours", expect.stringMatching(/own-/)]);
  expect((await findStored("kept"))?.id).toBe("new");
  await stack.destroy();
  // The next deployment uses it again.
  await stack.up(program("old"));
  await stack.destroy();
});
