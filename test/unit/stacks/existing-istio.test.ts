import { readFileSync } from "node:fs";

import { load } from "js-yaml";
import { describe, expect, test } from "vitest";

import { complaints, type Settings } from "../../support/config";
import { commandsIn } from "../../support/markdown-commands";
import { named, type Recorded } from "../../support/record";
import { recordClient, recordRefusedClient, recordServer, serverIsUp } from "../../support/stacks";
import { outliving } from "../../support/teardown";

const existingIstio = { revision: "1-30-2" };
const ends = {
  server: {
    recorded: recordServer,
    gateway: "istio-istio-ingressgateway-release",
    sample: "httpbin",
    label: "ingressgateway",
    namespace: "istio-ingress",
  },
  client: {
    recorded: recordClient,
    gateway: "istio-istio-egressgateway-release",
    sample: "test-pod",
    label: "egressgateway",
    namespace: "httpbin",
  },
};

const telemetries = (resources: readonly Recorded[]) =>
  resources.filter(({ type }) => type.endsWith(":Telemetry")).map(({ name }) => name);

/** The namespace and the name of each object that the stack makes in the cluster. */
const objects = (resources: readonly Recorded[]) =>
  resources
    .filter(({ type, options }) => type.startsWith("kubernetes:") && !options.readId)
    .flatMap(({ type, inputs }) => {
      const { metadata, name, namespace } = inputs as {
        metadata?: { name: string; namespace?: string };
        name?: string;
        namespace?: string;
      };
      const kind = type.slice(type.lastIndexOf(":") + 1);
      if (metadata) return [`${kind} ${metadata.namespace ?? ""}/${metadata.name}`];
      return name === undefined ? [] : [`${kind} ${namespace ?? ""}/${name}`];
    });

describe.each(Object.entries(ends))("the %s's stack with an existing Istio", (_end, end) => {
  test("installs its gateway for the revision, and nothing of a control plane", async () => {
    const { resources } = await end.recorded({ existingIstio });
    const releases = resources.filter(({ type }) => type.endsWith(":Release"));
    expect(releases.map(({ name }) => name)).toEqual([end.gateway]);
    expect(named(resources, end.gateway).inputs).toMatchObject({ values: { revision: "1-30-2" } });
    expect(objects(resources).filter((each) => each.includes("istio-system"))).toEqual([]);
  });

  test("injects by the revision", async () => {
    const { resources } = await end.recorded({ existingIstio });
    expect(named(resources, "application").inputs).toMatchObject({
      metadata: { labels: { "istio.io/rev": "1-30-2" } },
    });
    expect(named(resources, `${end.sample}-deployment`).inputs).toMatchObject({
      spec: { template: { metadata: { annotations: { "istio.io/rev": "1-30-2" } } } },
    });
  });

  test.each([
    [{ revision: "1-30-2" }, "istio-system/istio-1-30-2"],
    [{ revision: "default" }, "istio-system/istio"],
    [{ revision: "stable", configMap: "istio-1-30-2" }, "istio-system/istio-1-30-2"],
  ])("reads the control plane of %o first", async (settings, id) => {
    const { resources } = await end.recorded({ existingIstio: settings });
    const inCluster = resources.filter(({ type }) => !type.startsWith("pulumi:"));
    expect(inCluster[0]).toMatchObject({ name: "existing-istio", options: { readId: id } });
  });

  test.each([{ revision: "asm-managed" }, { revision: "stable", configMap: "none" }])(
    "reads nothing of %o",
    async (settings) => {
      const { resources } = await end.recorded({ existingIstio: settings });
      expect(resources.filter(({ options }) => options.readId)).toEqual([]);
    },
  );

  test("closes its own namespace, and makes its gateway log every request", async () => {
    const { resources } = await end.recorded({ existingIstio });
    expect(named(resources, "istio-strict").inputs).toMatchObject({
      metadata: { namespace: "httpbin" },
      spec: { mtls: { mode: "STRICT" } },
    });
    expect(named(resources, "istio-access-log").inputs).toMatchObject({
      metadata: { namespace: end.namespace },
      spec: {
        selector: { matchLabels: { istio: end.label } },
        accessLogging: [{ providers: [{ name: "envoy" }] }],
      },
    });
    // What sidecars log is not the stack's to decide.
    expect(telemetries(resources)).toEqual(["istio-access-log"]);
  });

  test("starts a pod only when what applies to it is there", async () => {
    const { resources } = await end.recorded({ existingIstio });
    const before = outliving(resources, `${end.sample}-deployment`);
    expect([...before]).toEqual(expect.arrayContaining(["istio-strict", end.gateway]));
  });
});

test("the client's sidecars reach known hosts only, and resolve the server's", async () => {
  const { resources } = await recordClient({ existingIstio });
  expect(named(resources, "istio-registry-only").inputs).toMatchObject({
    kind: "Sidecar",
    metadata: { namespace: "httpbin" },
    spec: { outboundTrafficPolicy: { mode: "REGISTRY_ONLY" } },
  });
  expect(named(resources, "istio-dns-capture").inputs).toMatchObject({
    kind: "ProxyConfig",
    metadata: { namespace: "httpbin" },
    spec: { environmentVariables: { ISTIO_META_DNS_CAPTURE: "true" } },
  });
  expect([...outliving(resources, "test-pod-deployment")]).toEqual(
    expect.arrayContaining(["istio-registry-only", "istio-dns-capture"]),
  );
});

test("the server's applications may call what they called before", async () => {
  const { resources } = await recordServer({ existingIstio });
  expect(resources.filter(({ name }) => name === "istio-registry-only")).toEqual([]);
});

describe("trust domains", () => {
  const callers = async (settings: Settings) => {
    const { resources } = await recordClient({ existingIstio: settings });
    const { rules } = named(resources, "egress-callers-only").inputs["spec"] as {
      rules: { from: { source: { notPrincipals: string[] } }[] }[];
    };
    return rules[0]?.from[0]?.source.notPrincipals;
  };

  test("callers have the mesh's own, whatever its name", async () => {
    expect(await callers(existingIstio)).toEqual(["cluster.local/ns/httpbin/sa/client"]);
  });

  test("callers have the one that the configuration names", async () => {
    expect(await callers({ ...existingIstio, trustDomain: "platform.example.com" })).toEqual([
      "platform.example.com/ns/httpbin/sa/client",
    ]);
  });

  test("the certificate between the meshes has the stack's", async () => {
    const { resources } = await recordClient({ existingIstio });
    expect(named(resources, "client-leaf-request").inputs["uris"]).toEqual([
      "spiffe://client.demodomain21.com/ns/httpbin/sa/istio-egressgateway",
    ]);
  });

  test("another one than the mesh's is refused before anything is created", async () => {
    const other = { ...existingIstio, trustDomain: "other.example.com" };
    const { message, resources } = await recordRefusedClient({ existingIstio: other }, serverIsUp);
    expect(resources.map(({ name }) => name)).toEqual(["client", "existing-istio"]);
    expect(message).toBe(
      'existingIstio.trustDomain: must be the mesh\'s trust domain, "platform.example.com" (got "other.example.com"): remove it, or correct it. Nothing was created.',
    );
  });
});

describe("a stack that has installed Istio", () => {
  test("does not uninstall it", async () => {
    const before = await recordServer();
    await expect(recordServer({ existingIstio }, before.outputs)).rejects.toThrow(
      /^existingIstio: must be empty on a stack that has installed Istio: .* or run `pulumi destroy` first/,
    );
  });

  test.each(Object.entries(ends))("is not one that used an existing one: %s", async (_end, end) => {
    const { outputs } = await end.recorded({ existingIstio });
    expect(outputs["existingIstio"]).toBe("1-30-2");
  });

  test("cannot take the place of an existing one", async () => {
    const before = await recordServer({ existingIstio });
    await expect(recordServer({}, before.outputs)).rejects.toThrow(
      /^existingIstio: must stay set on a stack that uses an existing Istio, of revision "1-30-2": /,
    );
  });

  test("and that one may move to another revision", async () => {
    const before = await recordServer({ existingIstio });
    const { resources } = await recordServer(
      { existingIstio: { revision: "1-31-0" } },
      before.outputs,
    );
    expect(named(resources, "existing-istio").options.readId).toBe("istio-system/istio-1-31-0");
  });
});

describe("refused before anything is created", () => {
  const asm = { revision: "asm-managed" };
  test.each<["server" | "client", Settings, string]>([
    [
      "server",
      { cluster: "gke", kubeconfig: "" },
      'cluster: must be "kubeconfig" with existingIstio (got "gke"): a cluster that this stack creates has no Istio. Remove existingIstio, or use a cluster that exists',
    ],
    [
      "client",
      { istioRevision: "1-30-2" },
      'istioRevision: has no effect with existingIstio (got "1-30-2"): remove it, and set existingIstio.revision',
    ],
    [
      "server",
      { istioCanary: { revision: "1-32-0", version: "1.32.0" } },
      "istioCanary: has no effect with existingIstio (got an object): remove it. To follow a canary of the existing Istio, change existingIstio.revision",
    ],
    [
      "server",
      { istioValues: { base: { a: 1 } } },
      "istioValues.base: has no effect with existingIstio (got an object): remove it, and change the existing Istio",
    ],
    [
      "client",
      {
        istioValues: {
          istiod: { global: { proxy: { clusterDomain: "x.example" } }, env: { A: "b" } },
        },
      },
      'istioValues.istiod.env.A: has no effect with existingIstio (got "b"): remove it, and change the existing Istio. Only global.proxy.clusterDomain tells the program about it',
    ],
    [
      "client",
      { sidecarAccessLogs: "all" },
      'sidecarAccessLogs: has no effect with existingIstio (got "all"): remove it. The owner of the existing Istio decides what its sidecars log',
    ],
    [
      "client",
      { egressGateway: "shared" },
      'egressGateway: must be "dedicated" with existingIstio (got "shared"): a gateway in istio-system could read the Secrets of a control plane that is not this stack\'s',
    ],
    [
      "client",
      { existingIstio: asm, minTlsVersion: "1.3" },
      'minTlsVersion: must be "1.2" with Cloud Service Mesh (got "1.3"): Cloud Service Mesh ignores the EnvoyFilter that raises the client\'s minimum. Remove it here, and set it on the server',
    ],
    [
      "client",
      { existingIstio: asm, networkPolicy: false },
      "networkPolicy: must be true with Cloud Service Mesh (got false): Cloud Service Mesh ignores the EnvoyFilter that keeps sidecars from connecting to the server, so only the NetworkPolicy does. Remove it",
    ],
    [
      "server",
      { existingIstio: { trustDomain: "platform.example.com" } },
      "existingIstio.revision: is missing: set it with `pulumi config set --path 'existingIstio.revision' VALUE`",
    ],
  ])("%s: %o", (stack, settings, complaint) => {
    const onCluster = { cluster: "kubeconfig", kubeconfig: "clusters: []" };
    expect(complaints(stack, { ...onCluster, existingIstio, ...settings })).toEqual([
      `istio-mtls:${complaint}`,
    ]);
  });

  test("but not the cluster's domain, or values of the gateway's chart", () => {
    const istioValues = {
      istiod: { global: { proxy: { clusterDomain: "x.example" } } },
      gateway: { resources: {} },
    };
    const onCluster = { cluster: "kubeconfig", kubeconfig: "clusters: []" };
    expect(complaints("client", { ...onCluster, existingIstio, istioValues })).toEqual([]);
  });
});

describe("two stacks on one cluster", () => {
  /** What both stacks would make, except namespaces, which each uses if they exist. */
  const shared = (one: readonly Recorded[], other: readonly Recorded[]) => {
    const made = objects(one).filter((each) => !each.startsWith("Namespace "));
    return objects(other).filter((each) => made.includes(each));
  };

  test.each([
    ["the first installs Istio", {}],
    ["both use an existing one", { existingIstio }],
  ])("make no object twice: %s", async (_case, settings) => {
    const server = await recordServer(settings);
    const client = await recordClient({ existingIstio });
    expect(objects(server.resources).length).toBeGreaterThan(10);
    expect(shared(server.resources, client.resources)).toEqual([]);
  });
});

describe("docs/existing-istio.md", () => {
  const examples = commandsIn(readFileSync("docs/existing-istio.md", "utf8"), "yaml").map((block) =>
    Object.fromEntries(
      Object.entries((load(block) as { config: Readonly<Record<string, unknown>> }).config).map(
        ([key, value]) => [key.replace("istio-mtls:", ""), value],
      ),
    ),
  );

  test.each(examples)("the program accepts %o on both stacks", async (settings) => {
    for (const { recorded, gateway } of Object.values(ends)) {
      const { resources } = await recorded(settings);
      expect(resources.filter(({ inputs }) => inputs["chart"] === "istiod")).toEqual([]);
      const revision = (settings["existingIstio"] as { revision: string }).revision;
      expect(named(resources, gateway).inputs["values"]).toMatchObject(
        revision === "default" ? {} : { revision },
      );
    }
  });
});
