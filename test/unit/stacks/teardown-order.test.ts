import * as gcp from "@pulumi/gcp";
import * as k8s from "@pulumi/kubernetes";
import * as pulumi from "@pulumi/pulumi";
import { beforeAll, describe, expect, test } from "vitest";

import { named, record, type Recorded } from "../../support/record";
import { recordClient, recordServer } from "../../support/stacks";
import { allOutliving } from "../../support/teardown";

/** On destroy, all of `first` are deleted before any of `then`. */
interface Order {
  readonly first: (resource: Recorded) => boolean;
  readonly then: (resource: Recorded) => boolean;
}

/** The provider, and everything that Google's controllers need to delete what they created for the cluster. */
const underTheCluster = typed(
  "pulumi:providers:kubernetes",
  "gcp:container/nodePool:NodePool",
  "gcp:container/cluster:Cluster",
  "gcp:projects/iAMMember:IAMMember",
  "gcp:serviceaccount/account:Account",
  "gcp:compute/firewall:Firewall",
  "gcp:compute/routerNat:RouterNat",
  "gcp:compute/router:Router",
  "gcp:compute/address:Address",
  "gcp:compute/subnetwork:Subnetwork",
  "gcp:compute/network:Network",
);

const orders: Readonly<Record<string, Order>> = {
  "load balancers, then provider, nodes, firewall, NAT and network": {
    first: isLoadBalancer,
    then: underTheCluster,
  },
  "all objects in the cluster, then provider, nodes, firewall, NAT and network": {
    first: ({ type }) => type.startsWith("kubernetes:"),
    then: underTheCluster,
  },
  "Istio's objects, then the releases with their definitions and webhooks": {
    first: isIstioObject,
    then: ({ name }) => name === "istio-base" || name === "istio-istiod",
  },
  "pods with an Envoy from istiod, then istiod": {
    first: (resource) => resource.type.endsWith(":Deployment") || isGatewayRelease(resource),
    then: ({ name }) => name === "istio-istiod",
  },
  "scrapes and alerts, then the operator that handles them": {
    first: ({ type }) => type.startsWith("kubernetes:monitoring.coreos.com/"),
    then: ({ name }) => name === "observability-prometheus",
  },
  "monitoring tools, then the rights and the namespace that they need": {
    first: ({ name }) => name === "observability-prometheus" || name === "observability-kiali",
    then: ({ name }) =>
      /^observability-(operator|prometheus)-.*(role|binding)$/.test(name) ||
      name === "observability-namespace" ||
      name === "istio-istiod",
  },
  "a gateway's credential, listener, policy and Service, then the gateway": {
    first: ({ type, name }) =>
      /^(ingress|egress)-/.test(name) &&
      /:(Secret|Gateway|AuthorizationPolicy|Service)$/.test(type),
    then: isGatewayRelease,
  },
};

const ON_GKE = { cluster: "gke", kubeconfig: "", observability: { prometheus: "install" } };
const stacks = {
  server: () => recordServer(ON_GKE),
  client: () => recordClient(ON_GKE),
};

describe.each(Object.entries(stacks))("destroy of the %s's stack deletes", (stack, recorded) => {
  let resources: readonly Recorded[];
  beforeAll(async () => {
    ({ resources } = await recorded());
  });

  test.each(Object.entries(orders))("%s", (title, order) => {
    const about = resources.filter(order.first).map(({ name }) => name);
    if (stack === "client" && title.startsWith("load balancers")) expect(about).toEqual([]);
    else expect(about).not.toEqual([]);
    expect(tooEarly(resources, order)).toEqual([]);
  });
});

describe("a missing dependency is noticed", () => {
  let resources: readonly Recorded[];
  beforeAll(async () => {
    ({ resources } = await stacks.server());
  });

  test.each<[name: string, dependency: string, tooEarly: string]>([
    ["server-cluster", "server-nat-gateway", "server-nat-gateway"],
    ["server-cluster", "server-node-account-node", "server-node-account-node"],
    ["istio-istiod", "istio-base", "istio-base"],
    ["istio-strict", "istio-istiod", "istio-istiod"],
    ["httpbin", "istio-istiod", "istio-istiod"],
    ["observability-alerts", "observability-prometheus", "observability-prometheus"],
    [
      "observability-prometheus",
      "observability-operator-cluster-binding",
      "observability-operator-cluster-binding",
    ],
    ["ingress-default-deny", "istio-istio-ingressgateway-release", "istio-istiod"],
  ])("%s no longer after %s", (name, dependency, early) => {
    const found = problems(without(resources, name, dependency));
    expect(found.join("\n")).toMatch(new RegExp(`^${early} may go before `, "m"));
  });

  test("a provider that does not depend on the nodes", () => {
    const provider = only(resources, typed("pulumi:providers:kubernetes"));
    const pool = named(resources, "server-pool");
    const found = problems(cut(resources, provider, pool));
    expect(found).toContain("server-pool may go before ingress-service");
  });

  test("a load balancer that does not depend on the cluster", () => {
    const service = named(resources, "ingress-service");
    // It also depends on the gateway's release, which has the same provider.
    const ties = [typed("pulumi:providers:kubernetes"), isGatewayRelease];
    const loose = ties.reduce((left, tie) => cut(left, service, only(left, tie)), resources);
    expect(problems(loose)).toContain("server-vpc may go before ingress-service");
  });
});

/** Tests the graph walk on small graphs. */
describe("a resource is deleted before", () => {
  const namesOf = async (program: () => unknown, name: string) => {
    const resources = await record(program);
    return [...allOutliving(resources, named(resources, name))].map((found) => found.name).sort();
  };
  const network = () => new gcp.compute.Network("network", {});
  const namespace = (opts?: pulumi.CustomResourceOptions) =>
    new k8s.core.v1.Namespace("namespace", {}, opts);

  test("nothing that it does not refer to", async () => {
    expect(await namesOf(() => [network(), namespace()], "namespace")).toEqual([]);
  });

  test("what it depends on, directly or indirectly", async () => {
    const program = () => {
      const middle = new k8s.core.v1.Namespace("middle", {}, { dependsOn: network() });
      namespace({ dependsOn: middle });
    };
    expect(await namesOf(program, "namespace")).toEqual(["middle", "network"]);
  });

  test("what its inputs come from", async () => {
    const program = () =>
      new k8s.core.v1.Namespace("namespace", { metadata: { name: network().name } });
    expect(await namesOf(program, "namespace")).toEqual(["network"]);
  });

  test("its provider, and what the provider's inputs come from", async () => {
    const program = () => {
      const provider = new k8s.Provider("provider", { kubeconfig: network().selfLink });
      namespace({ provider });
    };
    expect(await namesOf(program, "namespace")).toEqual(["network", "provider"]);
  });

  test("its parents, and what they depend on", async () => {
    const program = () => {
      const parent = new pulumi.ComponentResource("a:b:C", "parent", {}, { dependsOn: network() });
      namespace({ parent });
    };
    expect(await namesOf(program, "namespace")).toEqual(["network", "parent"]);
  });

  test("a component's children, if it depends on the component", async () => {
    const program = () => {
      const component = new pulumi.ComponentResource("a:b:C", "component");
      new gcp.compute.Network("network", {}, { parent: component });
      namespace({ dependsOn: component });
    };
    expect(await namesOf(program, "namespace")).toContain("network");
  });
});

/** Resources that the engine may delete too early. */
function tooEarly(resources: readonly Recorded[], order: Order): string[] {
  const later = resources.filter(order.then);
  return resources.filter(order.first).flatMap((first) => {
    const outliving = allOutliving(resources, first);
    return later
      .filter((then) => !outliving.has(then))
      .map((then) => `${then.name} may go before ${first.name}`);
  });
}

function problems(resources: readonly Recorded[]): string[] {
  return Object.values(orders).flatMap((order) => tooEarly(resources, order));
}

function without(resources: readonly Recorded[], name: string, dependency: string) {
  return cut(resources, named(resources, name), named(resources, dependency));
}

/** The graph without the edges from one resource to another. */
function cut(resources: readonly Recorded[], from: Recorded, to: Recorded): readonly Recorded[] {
  expect(resources.find(({ urn }) => urn === from.urn)?.outlivedBy).toContain(to.urn);
  return resources.map((resource) =>
    resource.urn === from.urn
      ? { ...resource, outlivedBy: resource.outlivedBy.filter((urn) => urn !== to.urn) }
      : resource,
  );
}

function only(resources: readonly Recorded[], wanted: (resource: Recorded) => boolean): Recorded {
  const found = resources.filter(wanted);
  if (found.length !== 1 || !found[0]) throw new Error(`${found.length} resources, not one`);
  return found[0];
}

function typed(...types: readonly string[]) {
  return ({ type }: Recorded): boolean => types.includes(type);
}

function isLoadBalancer({ type, inputs }: Recorded): boolean {
  const { type: kind } = (inputs["spec"] ?? {}) as { type?: string };
  return type === "kubernetes:core/v1:Service" && kind === "LoadBalancer";
}

function isIstioObject({ type }: Recorded): boolean {
  return /^kubernetes:[a-z]+\.istio\.io\//.test(type);
}

function isGatewayRelease({ type, inputs }: Recorded): boolean {
  return type.endsWith(":Release") && inputs["chart"] === "gateway";
}
