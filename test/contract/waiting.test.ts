import * as k8s from "@pulumi/kubernetes";
import { expect, test } from "vitest";

import { actAsNode, BROKEN, READY } from "./support/act-as-node";
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

const labels = { app: "a" };
interface DeploymentOptions {
  readonly app?: string;
  readonly image?: string;
  readonly resources?: k8s.types.input.core.v1.ResourceRequirements;
}

function createDeployment(options: DeploymentOptions = {}): k8s.apps.v1.DeploymentArgs {
  const { app = "a", image = "image:1", resources = {} } = options;
  const containers = [{ name: "main", image, resources }];
  return {
    metadata: { name: "app", namespace },
    spec: {
      selector: { matchLabels: { app } },
      template: { metadata: { labels: { app } }, spec: { containers } },
    },
  };
}

test("a change of an immutable field replaces the object, and deletes it first if its name is fixed", async () => {
  const program = (app: string) =>
    inCluster((options) => new k8s.apps.v1.Deployment("app", createDeployment({ app }), options));
  const stop = actAsNode(environment, namespace, READY);
  try {
    await stack.up(program("a"));
    expect((await stack.up(program("b"))).map(({ op }) => op)).toEqual([
      "delete-replaced",
      "replace",
      "create-replacement",
    ]);
  } finally {
    await stop();
  }
  await stack.destroy();
});

test("up waits for a Deployment, and another notation of a quantity is not a change", async () => {
  const program = (image: string) =>
    inCluster((options) => {
      const resources = { requests: { cpu: "0.1", memory: "1024Mi" } };
      const args = createDeployment({ image, resources });
      return new k8s.apps.v1.Deployment("app", args, options);
    });
  const stop = actAsNode(environment, namespace, READY);
  try {
    await stack.up(program("image:1"));
    expect(stack.messages.join("\n")).toMatch(/waiting for/i);
    expect(await getField("deployment", "app", "{.status.availableReplicas}")).toBe("1");
    expect(await stack.preview(program("image:1"))).toEqual([]);
    await stack.refresh(program("image:1"));
    expect(await stack.preview(program("image:1"))).toEqual([]);
    expect(await stack.up(program("image:2"))).toMatchObject([
      { op: "update", detailedDiff: { "spec.template.spec.containers[0].image": "update" } },
    ]);
    expect(await getField("deployment", "app", "{.status.updatedReplicas}")).toBe("1");
  } finally {
    await stop();
  }
  await stack.destroy();
  const left = await environment.kubectl(["get", "deployment,pod", "-n", namespace, "-o", "name"]);
  expect(left).toBe("");
});

/** A Service whose pods do not exist, and which says what `up` waits for. */
function createService(
  name: string,
  annotations: Readonly<Record<string, string>>,
  spec: k8s.types.input.core.v1.ServiceSpec,
) {
  return inCluster(
    (options) =>
      new k8s.core.v1.Service(
        name,
        {
          metadata: { name, namespace, annotations: { ...annotations } },
          spec: { selector: labels, ...spec },
        },
        options,
      ),
  );
}

test("up waits for no pod of a Service that says so", async () => {
  const skip = { "pulumi.com/skipAwait": "true" };
  await stack.up(createService("web", skip, { ports: [{ port: 80 }] }));
  await stack.destroy();
});

test("a Deployment that does not become ready fails with the reasons of its pods, and stays in the state", async () => {
  const program = inCluster(
    (options) =>
      new k8s.apps.v1.Deployment("app", createDeployment(), {
        ...options,
        // Long enough for the pod to get its status on a busy machine.
        customTimeouts: { create: "30s" },
      }),
  );
  const stop = actAsNode(environment, namespace, BROKEN);
  try {
    await expect(stack.up(program)).rejects.toThrow(/ImagePullBackOff/);
  } finally {
    await stop();
  }
  const kept = await findStored("app");
  expect(kept?.id).toBe(`${namespace}/app`);
  expect(kept?.initErrors?.join("\n")).toContain("ImagePullBackOff");
  await stack.destroy();
  expect(await environment.kubectl(["get", "deployment", "-n", namespace, "-o", "name"])).toBe("");
});

test("up waits until a LoadBalancer has an address, and for none of its pods", async () => {
  const wait = { "pulumi.com/waitFor": "jsonpath={.status.loadBalancer.ingress}" };
  const up = stack.up(
    createService("balancer", wait, { type: "LoadBalancer", ports: [{ port: 80 }] }),
  );
  await expect
    .poll(() => stack.messages.join("\n"), { timeout: 60_000 })
    .toContain(".status.loadBalancer.ingress");
  const status = { status: { loadBalancer: { ingress: [{ ip: "203.0.113.64" }] } } };
  const patch = ["patch", "service", "balancer", "-n", namespace, "--subresource=status"];
  await environment.kubectl([...patch, "-p", JSON.stringify(status)]);
  await up;
  const outputs = (await findStored("balancer"))?.outputs;
  expect(outputs?.["status"]).toMatchObject(status.status);
  await stack.destroy();
});

test("up knows the port of a NodePort Service, and waits for none of its pods", async () => {
  const wait = { "pulumi.com/waitFor": "jsonpath={.spec.ports[0].nodePort}" };
  const ports = [{ port: 80, nodePort: 30443 }];
  await stack.up(createService("ports", wait, { type: "NodePort", ports }));
  expect((await findStored("ports"))?.outputs).toMatchObject({
    spec: { ports: [{ nodePort: 30443 }] },
  });
  await stack.destroy();
});

test("a deletion waits for finalizers, and the timeout error names them", async () => {
  const program = inCluster(
    (options) =>
      new k8s.core.v1.ConfigMap(
        "map",
        { metadata: { name: "map", namespace, finalizers: ["example.com/hold"] } },
        { ...options, customTimeouts: { delete: "2s" } },
      ),
  );
  await stack.up(program);
  await expect(stack.destroy()).rejects.toThrow(
    /finalizers might be preventing deletion \(example\.com\/hold\)/,
  );
  const patch = '{"metadata":{"finalizers":null}}';
  await environment.kubectl([
    "patch",
    "configmap",
    "map",
    "-n",
    namespace,
    "--type=merge",
    "-p",
    patch,
  ]);
  await stack.destroy();
  expect(await stack.readResources()).toEqual([]);
});

test("a cancellation ends a wait at once, and the object stays in the state", async () => {
  const program = inCluster(
    (options) => new k8s.apps.v1.Deployment("app", createDeployment(), options),
  );
  const abort = new AbortController();
  const up = stack.up(program, abort.signal);
  await expect
    .poll(() => getField("deployment", "app", "{.metadata.name}").catch(() => ""), {
      timeout: 60_000,
    })
    .toBe("app");
  const started = Date.now();
  abort.abort();
  await expect(up).rejects.toThrow();
  expect(Date.now() - started).toBeLessThan(15_000);
  expect((await findStored("app"))?.id).toBe(`${namespace}/app`);
  await stack.destroy();
});
