import { expect, test } from "vitest";

import type { Settings } from "../../support/config";
import { named, type Recorded } from "../../support/record";
import { recordServer } from "../../support/stacks";

/** What the Kubernetes provider waits for. */
const WAIT = { "pulumi.com/waitFor": "jsonpath={.status.loadBalancer.ingress}" };

const ON_GKE = { cluster: "gke", kubeconfig: "" };

async function recordService(settings: Settings) {
  const { resources } = await recordServer(settings);
  const { inputs, options } = named(resources, "ingress-service");
  const { metadata, spec } = inputs as Record<string, Record<string, unknown>>;
  return {
    annotations: metadata?.["annotations"],
    spec,
    options,
    addresses: listAddresses(resources),
  };
}

function listAddresses(resources: readonly Recorded[]): readonly string[] {
  return resources
    .filter(({ type, name }) => type === "gcp:compute/address:Address" && name.includes("ingress"))
    .map(({ name }) => name);
}

test("on GKE, a load balancer has an address that the stack reserves", async () => {
  const { annotations, spec, addresses } = await recordService(ON_GKE);
  expect(annotations).toEqual({ ...WAIT, "cloud.google.com/l4-rbs": "enabled" });
  expect(addresses).toHaveLength(1);
  expect(spec).toHaveProperty("loadBalancerIP");
});

test("on GKE, an internal load balancer has a private address, which every region reaches", async () => {
  const { annotations, spec, addresses } = await recordService({
    ...ON_GKE,
    ingressType: "Internal",
  });
  expect(annotations).toEqual({
    ...WAIT,
    "networking.gke.io/load-balancer-type": "Internal",
    "networking.gke.io/internal-load-balancer-allow-global-access": "true",
  });
  expect(addresses).toEqual([]);
  expect(spec).toMatchObject({ type: "LoadBalancer" });
  expect(spec).not.toHaveProperty("loadBalancerIP");
});

test("an address that the user has reserved is used, and the stack reserves none", async () => {
  const { spec, addresses } = await recordService({ ...ON_GKE, ingressAddress: "192.0.2.8" });
  expect(spec).toMatchObject({ loadBalancerIP: "192.0.2.8" });
  expect(addresses).toEqual([]);
});

test("annotations and class reach any cloud's controller", async () => {
  const scheme = { "service.beta.kubernetes.io/aws-load-balancer-scheme": "internal" };
  const { annotations, spec } = await recordService({
    ingressAnnotations: scheme,
    ingressClass: "service.k8s.aws/nlb",
  });
  expect(annotations).toEqual({ ...WAIT, ...scheme });
  expect(spec).toMatchObject({ loadBalancerClass: "service.k8s.aws/nlb" });
});

test("what no controller can change on a load balancer makes a new one", async () => {
  const { options } = await recordService(ON_GKE);
  expect(options).toMatchObject({
    deleteBeforeReplace: true,
    replaceOnChanges: [
      "spec.loadBalancerClass",
      'metadata.annotations["networking.gke.io/load-balancer-type"]',
    ],
  });
});
