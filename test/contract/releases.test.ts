import { once } from "node:events";
import { createServer } from "node:http";
import { readFile } from "node:fs/promises";
import type { AddressInfo } from "node:net";
import { basename, join } from "node:path";
import { gunzipSync, gzipSync } from "node:zlib";

import * as k8s from "@pulumi/kubernetes";
import * as pulumi from "@pulumi/pulumi";
import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";

import { chartRelease } from "../../components/helm/chart-release";
import type { Values } from "../../components/helm/merge-values";
import { runCommand } from "../../lab/process/run-command";
import { startTestEnvironment, type TestEnvironment } from "./support/test-environment";
import { actAsNode, READY } from "./support/act-as-node";
import { ContractStack, nameOf } from "./support/contract-stack";
import { buildHelm } from "./support/helm";
import { PREPARE_MS } from "./support/lab-tools";

let environment: TestEnvironment;
let kubeconfigFile: string;
let helmProgram: string;
beforeAll(async () => {
  helmProgram = await buildHelm();
  environment = await startTestEnvironment();
  kubeconfigFile = join(environment.folder, "cluster/kubeconfig");
}, PREPARE_MS);
afterAll(async () => {
  await environment.stop();
});

const chart = join(__dirname, "charts/hello");
let count = 0;
let stack: ContractStack;
let namespace: string;
beforeEach(async () => {
  namespace = `release-${++count}`;
  stack = await ContractStack.open(environment, namespace);
});

const program =
  (args: Partial<k8s.helm.v3.ReleaseArgs>, options: pulumi.CustomResourceOptions = {}) =>
  () => {
    const provider = new k8s.Provider("cluster", { kubeconfig: environment.kubeconfig });
    new k8s.helm.v3.Release(
      "release",
      { chart, name: "hello", namespace, createNamespace: true, ...args },
      { provider, ...options },
    );
    return Promise.resolve();
  };

const helm = (...args: string[]) =>
  runCommand(helmProgram, [...args, "--namespace", namespace], {
    env: { KUBECONFIG: kubeconfigFile, KUBECACHEDIR: environment.kubeCache },
  });

const readGreeting = () =>
  environment.kubectl([
    "get",
    "configmap",
    "hello",
    "-n",
    namespace,
    "-o",
    "jsonpath={.data.greeting}",
  ]);

const findRelease = async () =>
  (await stack.readResources()).find(({ urn }) => nameOf(urn) === "release");

test("a release is installed, upgraded and uninstalled", async () => {
  const values = { greeting: "hi", nested: { a: { b: "c" } } };
  await stack.up(program({ values }));
  expect(await findRelease()).toMatchObject({
    id: `${namespace}/hello`,
    outputs: {
      version: "0.1.0",
      resourceNames: { "ConfigMap/v1": ["hello"] },
      status: {
        ...{ name: "hello", namespace, revision: 1, status: "deployed" },
        ...{ chart: "hello", version: "0.1.0", appVersion: "1.2.3" },
      },
    },
  });
  expect(await readGreeting()).toBe("hi");
  expect(await stack.preview(program({ values }))).toEqual([]);

  const changed = program({ values: { greeting: "hey" } });
  expect(await stack.up(changed)).toMatchObject([
    {
      op: "update",
      diffs: ["values"],
      detailedDiff: { "values.greeting": "update", "values.nested": "delete" },
    },
  ]);
  expect(await readGreeting()).toBe("hey");
  expect((await findRelease())?.outputs?.["status"]).toMatchObject({ revision: 2 });
  expect(await stack.preview(changed)).toEqual([]);

  await stack.destroy();
  expect(await helm("list", "--short")).toBe("");
});

test("refresh finds an external upgrade, and up reverts it", async () => {
  const ours = program({ values: { greeting: "ours" } });
  await stack.up(ours);
  await helm("upgrade", "hello", chart, "--set", "greeting=theirs");
  await stack.refresh(ours);
  expect(await stack.preview(ours)).toMatchObject([
    { op: "update", detailedDiff: { "values.greeting": "update" } },
  ]);
  await stack.up(ours);
  expect(await readGreeting()).toBe("ours");

  await helm("uninstall", "hello");
  await stack.refresh(ours);
  expect(await findRelease()).toBeUndefined();
});

test("a secret value stays secret", async () => {
  const greeting = pulumi.secret("a greeting that is secret");
  await stack.up(program({ values: { greeting, nested: { a: { b: "c" } } } }));
  const state = await stack.readStateFile();
  expect(state).not.toContain("a greeting that is secret");
  expect((await findRelease())?.outputs?.["values"]).toMatchObject({ nested: { a: { b: "c" } } });
  await stack.destroy();
});

test("an existing release is read by its id", async () => {
  await helm("install", "hello", chart, "--create-namespace", "--set", "greeting=theirs");
  let status: unknown;
  await stack.up(() => {
    const provider = new k8s.Provider("cluster", { kubeconfig: environment.kubeconfig });
    const release = k8s.helm.v3.Release.get("release", `${namespace}/hello`, { provider });
    pulumi.all([release.status, release.values]).apply((all) => (status = all));
    return Promise.resolve();
  });
  expect(status).toMatchObject([{ revision: 1, status: "deployed" }, { greeting: "theirs" }]);
  await stack.destroy();
  expect(await helm("list", "--short")).toContain("hello");
});

test("another name replaces the release", async () => {
  await stack.up(program({}));
  expect(await stack.preview(program({ name: "other" }))).toEqual(
    expect.arrayContaining([
      expect.objectContaining({ op: "create-replacement", replaceKeys: ["name"] }),
    ]),
  );
  await stack.destroy();
});

test("wrong values fail up before it changes the release, but not a preview", async () => {
  await stack.up(program({}));
  const wrong = program({ values: { greeting: "" } });
  await stack.preview(wrong);
  await expect(stack.up(wrong)).rejects.toThrow(/a greeting is required/);
  expect(await readGreeting()).toBe("hello");
  expect(await stack.preview(program({}))).toEqual([]);
  await stack.destroy();
});

test("an installation waits until the pods are ready", async () => {
  await environment.kubectl(["create", "namespace", namespace]);
  const stop = actAsNode(environment, namespace, READY);
  try {
    await stack.up(program({ values: { image: "image:1" } }));
  } finally {
    await stop();
  }
  const path = "jsonpath={.status.availableReplicas}";
  expect(
    await environment.kubectl(["get", "deployment", "hello", "-n", namespace, "-o", path]),
  ).toBe("1");
  await stack.destroy();
});

test("a release that does not become ready stays in the state, and the next run repairs it", async () => {
  const broken = program({ values: { image: "image:1" }, timeout: 4 });
  await expect(stack.up(broken)).rejects.toThrow(
    /failed to become available within allocated timeout.*hello: context deadline exceeded/,
  );
  expect((await findRelease())?.outputs?.["status"]).toMatchObject({ status: "failed" });
  await stack.up(program({ values: { greeting: "repaired" } }));
  expect((await findRelease())?.outputs?.["status"]).toMatchObject({ status: "deployed" });
  expect(await readGreeting()).toBe("repaired");
  await stack.destroy();
});

test("values that the program no longer sets are removed, even if none is left", async () => {
  await environment.kubectl(["create", "namespace", namespace]);
  const install = (values: Values) => () => {
    const provider = new k8s.Provider("cluster", { kubeconfig: environment.kubeconfig });
    const charts = { source: join(__dirname, "charts"), version: "" };
    const args = { chart: "hello", charts, releaseName: "hello", namespace, values };
    chartRelease("release", args, { provider });
    return Promise.resolve();
  };
  await stack.up(install({ greeting: "hi" }));
  expect(await stack.up(install({}))).toMatchObject([
    { op: "update", detailedDiff: { "values.greeting": "delete" } },
  ]);
  expect(await readGreeting()).toBe("hello");
  expect(await stack.preview(install({}))).toEqual([]);
  await stack.destroy();
});

test("an atomic release that does not become ready is removed", async () => {
  const broken = program({ values: { image: "image:1" }, timeout: 3, atomic: true });
  await expect(stack.up(broken)).rejects.toThrow(/hello/);
  expect(await findRelease()).toBeUndefined();
  expect(await helm("list", "--short")).toBe("");
});

test("after an interrupted installation, uninstalling the release repairs it", async () => {
  await helm("install", "hello", chart, "--create-namespace");
  await setHelmStatus("sh.helm.release.v1.hello.v1", "pending-install");
  await expect(stack.up(program({}))).rejects.toThrow(/cannot re-use a name that is still in use/);
  await helm("uninstall", "hello", "--wait");
  await stack.up(program({}));
  await stack.destroy();
});

test("an object of someone else stops an installation, until it is given to the release", async () => {
  await environment.kubectl(["create", "namespace", namespace]);
  await environment.kubectl(["create", "configmap", "hello", "-n", namespace]);
  await expect(stack.up(program({}))).rejects.toThrow(
    /invalid ownership metadata; label validation error: missing key "app.kubernetes.io\/managed-by"/,
  );
  const object = ["configmap/hello", "-n", namespace];
  await environment.kubectl(["label", ...object, "app.kubernetes.io/managed-by=Helm"]);
  await environment.kubectl([
    ...["annotate", ...object],
    ...["meta.helm.sh/release-name=hello", `meta.helm.sh/release-namespace=${namespace}`],
  ]);
  await stack.up(program({}));
  expect(await readGreeting()).toBe("hello");
  await stack.destroy();
});

test("after an interrupted update, a rollback of the release repairs it", async () => {
  await stack.up(program({ values: { greeting: "one" } }));
  await stack.up(program({ values: { greeting: "two" } }));
  await setHelmStatus("sh.helm.release.v1.hello.v2", "pending-upgrade");
  const next = program({ values: { greeting: "three" } });
  await expect(stack.up(next)).rejects.toThrow(
    /another operation \(install\/upgrade\/rollback\) is in progress/,
  );
  await helm("rollback", "hello");
  await stack.up(next);
  expect(await readGreeting()).toBe("three");
  await stack.destroy();
});

test("a cancellation ends the wait for a release at once, and the next run repairs it", async () => {
  const slow = program({ values: { image: "image:1" }, timeout: 60 });
  const abort = new AbortController();
  const up = stack.up(slow, abort.signal);
  await expect
    .poll(
      () =>
        environment
          .kubectl(["get", "deployment", "hello", "-n", namespace, "-o", "name"])
          .catch(() => ""),
      { timeout: 60_000 },
    )
    .toContain("hello");
  const started = Date.now();
  abort.abort();
  await expect(up).rejects.toThrow();
  expect(Date.now() - started).toBeLessThan(15_000);
  expect((await findRelease())?.outputs?.["status"]).toMatchObject({ status: "failed" });
  await stack.up(program({ values: { greeting: "repaired" } }));
  expect(await readGreeting()).toBe("repaired");
  await stack.destroy();
});

test("a chart is fetched from a repository, in the requested version", async () => {
  const folder = join(environment.folder, "repository");
  for (const version of ["0.1.0", "0.2.0", "1.0.0"]) {
    await runCommand(helmProgram, [
      "package",
      chart,
      "--version",
      version,
      "--destination",
      folder,
    ]);
  }
  await runCommand(helmProgram, ["repo", "index", folder]);
  const server = createServer((request, response) => {
    readFile(join(folder, basename(request.url ?? ""))).then(
      (body) => response.end(body),
      () => response.writeHead(404).end(),
    );
  }).listen(0, "127.0.0.1");
  await once(server, "listening");
  try {
    const { port } = server.address() as AddressInfo;
    const repositoryOpts = { repo: `http://127.0.0.1:${port}` };
    await stack.up(program({ chart: "hello", version: "~0.1", repositoryOpts }));
    expect((await findRelease())?.inputs).toMatchObject({ version: "0.1.0", chart: "hello" });
    await stack.up(program({ chart: "hello", version: ">=0.1 <1", repositoryOpts }));
    expect((await findRelease())?.outputs?.["status"]).toMatchObject({
      version: "0.2.0",
      revision: 2,
    });
    await stack.destroy();
  } finally {
    server.close();
  }
});

/** Changes the status in Helm's record of a release, as if the run that wrote it had been interrupted. */
async function setHelmStatus(secret: string, status: string): Promise<void> {
  const path = "jsonpath={.data.release}";
  const data = await environment.kubectl(["get", "secret", secret, "-n", namespace, "-o", path]);
  const zipped = Buffer.from(Buffer.from(data, "base64").toString(), "base64");
  const record = JSON.parse(gunzipSync(zipped).toString()) as { info: { status: string } };
  record.info.status = status;
  const encoded = gzipSync(JSON.stringify(record)).toString("base64");
  const release = Buffer.from(encoded).toString("base64");
  const patch = { metadata: { labels: { status } }, data: { release } };
  const args = ["patch", "secret", secret, "-n", namespace, "-p", JSON.stringify(patch)];
  await environment.kubectl(args);
}
