import * as k8s from "@pulumi/kubernetes";
import type * as pulumi from "@pulumi/pulumi";
import { afterAll, beforeAll, beforeEach } from "vitest";

import { type TestEnvironment, startTestEnvironment } from "./test-environment";
import { ContractStack, nameOf, type StoredResource } from "./contract-stack";
import { PREPARE_MS } from "./lab-tools";

/** The environment of all tests of a file. */
export let environment: TestEnvironment;
/** The stack of the current test. */
export let stack: ContractStack;
/** The namespace of the current test, which its stack does not manage. */
export let namespace: string;

/** Gives the tests of a file one environment, and each test a stack and a namespace of its own. */
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

/** Creates a program that makes resources in the cluster, with a provider with these arguments. */
export function inCluster(
  make: (options: pulumi.CustomResourceOptions) => unknown,
  providerArgs: k8s.ProviderArgs = {},
): () => Promise<void> {
  return () => {
    make({
      provider: new k8s.Provider("cluster", {
        kubeconfig: environment.kubeconfig,
        ...providerArgs,
      }),
    });
    return Promise.resolve();
  };
}

/** Reads a field of an object in the namespace from the cluster. */
export function getField(kind: string, name: string, path: string): Promise<string> {
  return environment.kubectl(["get", kind, name, "-n", namespace, "-o", `jsonpath=${path}`]);
}

/** Finds a resource in the state file. */
export async function findStored(name: string): Promise<StoredResource | undefined> {
  return (await stack.readResources()).find(({ urn }) => nameOf(urn) === name);
}
