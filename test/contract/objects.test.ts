import * as k8s from "@pulumi/kubernetes";
import { expect, test } from "vitest";

import {
  environment,
  getField,
  inCluster,
  namespace,
  stack,
  findStored,
  useTestStacks,
} from "./support/test-stacks";

useTestStacks();

test("a generated name stays the same until the object is replaced", async () => {
  const program = (data: Record<string, string>, label = "1") =>
    inCluster((options) => {
      const metadata = { namespace, labels: { label } };
      return new k8s.core.v1.ConfigMap("auto", { metadata, data }, options);
    });
  await stack.up(program({ a: "1" }));
  const first = (await findStored("auto"))?.id;
  expect(first).toMatch(/^test-\d+\/auto-[0-9a-f]{8}$/);
  await stack.up(program({ a: "1" }, "2"));
  expect((await findStored("auto"))?.id).toBe(first);
  await stack.up(program({ a: "2" }, "2"));
  expect((await findStored("auto"))?.id).not.toBe(first);
  await stack.destroy();
  expect(
    await environment.kubectl(["get", "configmap", "-n", namespace, "-o", "name"]),
  ).not.toContain("auto");
});

test("refresh finds external changes and deletions, and up reverts them", async () => {
  const program = inCluster((options) => {
    const args = (name: string) => ({ metadata: { name, namespace }, data: { a: "1" } });
    new k8s.core.v1.ConfigMap("changed", args("changed"), options);
    new k8s.core.v1.ConfigMap("deleted", args("deleted"), options);
  });
  await stack.up(program);
  const patch = JSON.stringify({ data: { a: "drift", extra: "x" } });
  await environment.kubectl(["patch", "configmap", "changed", "-n", namespace, "-p", patch]);
  await environment.kubectl(["delete", "configmap", "deleted", "-n", namespace]);

  await stack.refresh(program);
  expect((await findStored("changed"))?.outputs?.["data"]).toEqual({ a: "drift", extra: "x" });
  expect(await findStored("deleted")).toBeUndefined();
  // The plan does not touch fields that the program does not set.
  expect(await stack.preview(program)).toEqual(
    expect.arrayContaining([
      expect.objectContaining({
        name: "changed",
        op: "replace",
        detailedDiff: { "data.a": "update-replace" },
      }),
      expect.objectContaining({ name: "deleted", op: "create" }),
    ]),
  );
  await stack.up(program);
  expect(await getField("configmap", "changed", "{.data.a}")).toBe("1");
  expect(await stack.preview(program)).toEqual([]);
  await stack.destroy();
});

test("a field that the program no longer sets is removed", async () => {
  const program = (extra: Record<string, string>) =>
    inCluster(
      (options) =>
        new k8s.core.v1.ConfigMap(
          "map",
          { metadata: { name: "map", namespace }, data: { a: "1", ...extra } },
          options,
        ),
      { enableConfigMapMutable: true },
    );
  await stack.up(program({ b: "2" }));
  const changes = await stack.up(program({}));
  expect(changes).toMatchObject([{ op: "update", detailedDiff: { "data.b": "delete" } }]);
  expect(await getField("configmap", "map", "{.data}")).toBe('{"a":"1"}');
  await stack.destroy();
});

test("a field of another field manager is a conflict, unless the program forces it", async () => {
  const program = (value: string, force = false) =>
    inCluster(
      (options) => {
        const annotations = force ? { "pulumi.com/patchForce": "true" } : {};
        const metadata = { name: "map", namespace, annotations };
        return new k8s.core.v1.ConfigMap("map", { metadata, data: { a: value } }, options);
      },
      { enableConfigMapMutable: true },
    );
  await stack.up(program("1"));
  const manifest = `{"apiVersion":"v1","kind":"ConfigMap","metadata":{"name":"map","namespace":"${namespace}"},"data":{"a":"theirs"}}`;
  const apply = ["apply", "--server-side", "--force-conflicts", "--field-manager=other", "-f", "-"];
  await environment.kubectl(apply, manifest);
  await expect(stack.up(program("2"))).rejects.toThrow(/field conflict detected.*"other"/s);
  await stack.up(program("2", true));
  expect(await getField("configmap", "map", "{.data.a}")).toBe("2");
  await stack.destroy();
});

test("an object that already exists is not taken over", async ({ skip }) => {
  skip(!environment.usesReleases, "the plugin that the lab builds is older than 4.29");
  await environment.kubectl(["create", "configmap", "taken", "-n", namespace]);
  const program = inCluster(
    (options) =>
      new k8s.core.v1.ConfigMap("taken", { metadata: { name: "taken", namespace } }, options),
  );
  await stack.preview(program);
  await expect(stack.up(program)).rejects.toThrow(/already exists/);
});

test("an existing object is read by its id", async () => {
  const ports = "--tcp=80:8080";
  await environment.kubectl(["create", "service", "clusterip", "mine", ports, "-n", namespace]);
  let clusterIP: unknown;
  const program = inCluster((options) => {
    const service = k8s.core.v1.Service.get("service", `${namespace}/mine`, options);
    service.spec.clusterIP.apply((ip) => (clusterIP = ip));
  });
  await stack.up(program);
  expect(clusterIP).toBe(await getField("service", "mine", "{.spec.clusterIP}"));
  await stack.destroy();
  expect(await getField("service", "mine", "{.metadata.name}")).toBe("mine");
});

test("an existing object is imported", async () => {
  await environment.kubectl([
    "create",
    "configmap",
    "theirs",
    "--from-literal=a=1",
    "-n",
    namespace,
  ]);
  const program = (importing: boolean) =>
    inCluster((options) => {
      const args = { metadata: { name: "theirs", namespace }, data: { a: "1" } };
      const opts = importing ? { ...options, import: `${namespace}/theirs` } : options;
      return new k8s.core.v1.ConfigMap("imported", args, opts);
    });
  expect(await stack.up(program(true))).toMatchObject([{ op: "import", name: "imported" }]);
  expect(await stack.preview(program(false))).toEqual([]);
  await stack.destroy();
  const left = await environment.kubectl(["get", "configmap", "-n", namespace, "-o", "name"]);
  expect(left).not.toContain("theirs");
});

test("a preview does not need the objects that the same run creates first", async () => {
  const program = inCluster((options) => {
    const ns = new k8s.core.v1.Namespace("ns", { metadata: { name: "not-yet" } }, options);
    const opts = { ...options, dependsOn: ns };
    new k8s.core.v1.ConfigMap("map", { metadata: { name: "m", namespace: "not-yet" } }, opts);
    new k8s.apiextensions.CustomResource(
      "gateway",
      {
        apiVersion: "networking.istio.io/v1",
        kind: "Gateway",
        metadata: { name: "g", namespace: "not-yet" },
        spec: {},
      },
      opts,
    );
  });
  expect((await stack.preview(program)).map(({ op }) => op)).toEqual([
    "create",
    "create",
    "create",
  ]);
});

test("a preview rejects what the API server would reject", async () => {
  const program = inCluster(
    (options) =>
      new k8s.core.v1.ConfigMap("map", { metadata: { name: "Not_A_Name", namespace } }, options),
  );
  await expect(stack.preview(program)).rejects.toThrow(/Not_A_Name/);
});
