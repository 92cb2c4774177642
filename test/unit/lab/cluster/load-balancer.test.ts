import { expect, test } from "vitest";

import type { Manifest } from "../../../../lab/cluster/api-client";
import { assignOnce } from "../../../../lab/cluster/load-balancer";

const service = (name: string, type: string, ip?: string, annotations = {}) => ({
  metadata: { name, namespace: "n", annotations },
  spec: { type },
  status: ip === undefined ? {} : { loadBalancer: { ingress: [{ ip }] } },
});

/** Runs the controller once; returns the addresses that it assigned, by the names of their Services. */
async function assign(services: readonly object[], cidr: string): Promise<Record<string, string>> {
  const applied: Manifest[] = [];
  await assignOnce(
    {
      getJson: <T>() => Promise.resolve({ items: services } as T),
      apply: (manifest) => {
        applied.push(manifest);
        return Promise.resolve();
      },
    },
    cidr,
  );
  return Object.fromEntries(
    applied.map(({ object }) => {
      const { metadata, status } = object as ReturnType<typeof service>;
      return [metadata.name, status.loadBalancer?.ingress.map(({ ip: each }) => each).join() ?? ""];
    }),
  );
}

test("each Service of type LoadBalancer gets an address of its own, and keeps it", async () => {
  const services = [
    service("old", "LoadBalancer", "203.0.113.65"),
    service("internal", "ClusterIP"),
    service("first", "LoadBalancer"),
    service("second", "LoadBalancer"),
  ];

  expect(await assign(services, "203.0.113.64/29")).toEqual({
    first: "203.0.113.66",
    second: "203.0.113.67",
  });
});

test("a Service gets as many addresses as it asks for", async () => {
  const services = [
    service("two", "LoadBalancer", undefined, { "lab/addresses": "2" }),
    service("one", "LoadBalancer"),
  ];

  expect(await assign(services, "203.0.113.64/29")).toEqual({
    two: "203.0.113.65,203.0.113.66",
    one: "203.0.113.67",
  });
});

test("a Service waits if the range has no free address", async () => {
  const services = [
    service("a", "LoadBalancer", "203.0.113.65"),
    service("b", "LoadBalancer", "203.0.113.66"),
    service("c", "LoadBalancer"),
  ];

  expect(await assign(services, "203.0.113.64/30")).toEqual({});
});

test("a Service that has a name and addresses keeps them", async () => {
  const named = {
    ...service("named", "LoadBalancer"),
    status: { loadBalancer: { ingress: [{ hostname: "a.example" }, { ip: "203.0.113.65" }] } },
  };
  const others = [named, service("new", "LoadBalancer")];

  expect(await assign(others, "203.0.113.64/29")).toEqual({ new: "203.0.113.66" });
});
