import * as k8s from "@pulumi/kubernetes";
import * as tls from "@pulumi/tls";
import { afterAll, beforeAll, expect, test } from "vitest";

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
const certificate = {
  privateKeyPem: "no key",
  allowedUses: ["digital_signature"],
  validityPeriodHours: 1,
};

/** Programs with one mistake each, and the error. */
const cases: {
  name: string;
  program: () => unknown;
  message: RegExp;
  operation?: "up";
}[] = [
  {
    name: "a private key that is not PEM",
    program: () => new tls.SelfSignedCert("cert", certificate),
    message: /failed to decode/i,
    operation: "up",
  },
  {
    name: "a chart that does not exist",
    program: () =>
      new k8s.helm.v3.Release("release", { chart: "./no-chart" }, { provider: createProvider() }),
    message: /no-chart.*check the chart name/s,
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
    message: /failed to parse kubeconfig/,
    operation: "up",
  },
];

test.each(cases)("$name is rejected by name", async ({ program, message, operation }) => {
  const run = () => {
    program();
    return Promise.resolve();
  };
  const outcome = operation === "up" ? stack.up(run) : stack.preview(run);
  await expect(outcome).rejects.toThrow(message);
});
