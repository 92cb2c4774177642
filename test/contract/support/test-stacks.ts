import * as k8s from "@pulumi/kubernetes";
import type * as pulumi from "@pulumi/pulumi";
import { afterAll, beforeAll, beforeEach } from "vitest";

import { type TestEnvironment, startTestEnvironment } from "./test-environment";
import { ContractStack, nameOf, type StoredResource } from "./contract-stack";
import { PREPARE_MS } from "./lab-tools";

/** The API server of all tests of a file. */
export let environment: TestEnvironment;
/** The stack of the test that runs. */
export let stack: ContractStack;
/** Its namespace, outside of its stack. */
export let namespace: string;

/** Gives the tests of a file one API server, and each of them a stack and a namespace of its own. */
export function useTestStacks(): void {
  beforeAll(async () => {
    environment = await startTestEnvironment();
  }, PREPARE_MS);
  afterAll(async () => {
    await environment.stop();
  });
  let count = 0;
  beforeEach(async () => {
    namespace = `test-${++count}`;
    await environment.kubectl(["create", "namespace", namespace]);
    stack = await ContractStack.open(environment, namespace);
  });
}

/** A program that makes something in the cluster, by a provider with these settings. */
export function inCluster(
  make: (options: pulumi.CustomResourceOptions) => unknown,
  settings: k8s.ProviderArgs = {},
): () => Promise<void> {
  return () => {
    make({
      provider: new k8s.Provider("cluster", { kubeconfig: environment.kubeconfig, ...settings }),
    });
    return Promise.resolve();
  };
}

/** A field of an object of the namespace, as the cluster has it. */
export function getField(kind: string, name: string, path: string): Promise<string> {
  return environment.kubectl(["get", kind, name, "-n", namespace, "-o", `jsonpath=${path}`]);
}

/** A resource as the state file has it. */
export async function findStored(name: string): Promise<StoredResource | undefined> {
  return (await stack.resources()).find(({ urn }) => nameOf(urn) === name);
}
