import * as k8s from "@pulumi/kubernetes";
import * as pulumi from "@pulumi/pulumi";
import * as random from "@pulumi/random";
import * as tls from "@pulumi/tls";
import { afterAll, beforeAll, expect, test } from "vitest";

import { DEVIATIONS } from "./support/deviations";
import { createEngineHome, type EngineHome } from "./support/engine-home";
import { ContractStack } from "./support/contract-stack";
import { PREPARE_MS } from "./support/lab-tools";

let home: EngineHome;
let stack: ContractStack;
beforeAll(async () => {
  home = await createEngineHome();
  stack = await ContractStack.open(home, "refusals");
}, PREPARE_MS);
afterAll(async () => {
  await home.remove();
});

const kubeconfig = JSON.stringify({
  apiVersion: "v1",
  kind: "Config",
  clusters: [{ name: "c", cluster: { server: "https://127.0.0.1:1" } }],
  users: [{ name: "u", user: { token: "t" } }],
  contexts: [{ name: "x", context: { cluster: "c", user: "u" } }],
  "current-context": "x",
});

const createProvider = () => new k8s.Provider("cluster", { kubeconfig });
const metadata = { name: "n", namespace: "n" };
const certificate = {
  privateKeyPem: "no key",
  allowedUses: ["digital_signature"],
  validityPeriodHours: 1,
};

/** Programs with one mistake each, and the error. Official plugins accept some of them. */
const cases: {
  name: string;
  program: () => unknown;
  message: RegExp;
  operation?: "up";
  standInsOnly?: true;
}[] = [
  {
    name: "an unknown resource type of random",
    program: () => new random.RandomPet("pet"),
    message: /does not know the resource type random:index\/randomPet:RandomPet/,
    standInsOnly: true,
  },
  {
    name: "an unknown resource type of kubernetes",
    program: () =>
      new k8s.batch.v1.Job(
        "job",
        { spec: { template: { spec: { containers: [] } } } },
        { provider: createProvider() },
      ),
    message: /does not know the resource type kubernetes:batch\/v1:Job/,
    standInsOnly: true,
  },
  {
    name: "an unknown property of a key",
    program: () => new tls.PrivateKey("key", { algorithm: "ECDSA" }, addInputs({ curve: "P256" })),
    message: /curve/,
    standInsOnly: true,
  },
  {
    name: "an unknown use of a certificate",
    program: () => new tls.SelfSignedCert("cert", { ...certificate, allowedUses: ["signing"] }),
    message: /signing/,
  },
  {
    name: "a private key that is not PEM",
    program: () => new tls.SelfSignedCert("cert", certificate),
    message: /failed to decode/i,
    operation: "up",
  },
  {
    name: "a length below the number of required characters",
    program: () => new random.RandomPassword("password", { length: 2, minLower: 3 }),
    message: /length \(2\) must be/,
  },
  {
    name: "an unknown property of an object",
    program: () =>
      new k8s.core.v1.Service(
        "service",
        { metadata, spec: { prots: [] } as never },
        { provider: createProvider() },
      ),
    message: /unknown field "spec.prots"/,
    standInsOnly: true,
  },
  {
    name: "an unknown top-level property of a custom resource",
    program: () =>
      new k8s.apiextensions.CustomResource(
        "gateway",
        { apiVersion: "networking.istio.io/v1", kind: "Gateway", metadata, specs: {} },
        { provider: createProvider() },
      ),
    message: /unknown field "specs"/,
    standInsOnly: true,
  },
  {
    name: "an unknown property of a release",
    program: () =>
      new k8s.helm.v3.Release(
        "release",
        { chart: "c" },
        { provider: createProvider(), ...addInputs({ wait: true }) },
      ),
    message: /wait.*does not know this property/s,
    standInsOnly: true,
  },
  {
    name: "a chart that does not exist",
    program: () =>
      new k8s.helm.v3.Release("release", { chart: "./no-chart" }, { provider: createProvider() }),
    message: /no-chart.*check the chart name/s,
  },
  {
    name: "a provider setting that has no effect",
    program: () => new k8s.Provider("cluster", { kubeconfig, renderYamlToDirectory: "out" }),
    message: /renderYamlToDirectory.*does not know this setting/s,
    standInsOnly: true,
  },
  {
    name: "a cluster that does not respond",
    program: () =>
      new k8s.core.v1.Namespace("ns", { metadata: { name: "n" } }, { provider: createProvider() }),
    message: /cluster is unreachable.*127\.0\.0\.1:1/s,
    operation: "up",
  },
  {
    name: "an invalid kubeconfig",
    program: () =>
      new k8s.core.v1.Namespace(
        "ns",
        { metadata: { name: "n" } },
        { provider: new k8s.Provider("cluster", { kubeconfig: "{" }) },
      ),
    message: /cluster is unreachable.*failed to parse kubeconfig/s,
    operation: "up",
  },
];

test.for(cases)("$name is rejected by name", async (mistake, { skip }) => {
  const { program, message, operation, standInsOnly = false } = mistake;
  skip(standInsOnly && !home.usesStandIns, DEVIATIONS.refusal);
  const run = () => {
    program();
    return Promise.resolve();
  };
  const outcome = operation === "up" ? stack.up(run) : stack.preview(run);
  await expect(outcome).rejects.toThrow(message);
});

/** Adds inputs that TypeScript would reject. */
function addInputs(extra: object): pulumi.CustomResourceOptions {
  const transformation: pulumi.ResourceTransformation = ({ props, opts }) => ({
    props: { ...(props as object), ...extra },
    opts,
  });
  return { transformations: [transformation] };
}
