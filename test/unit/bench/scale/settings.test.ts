import { expect, test } from "vitest";

import {
  hostOf,
  manifestOf,
  NAMESPACE,
  settingsOf,
  smallestSettings,
} from "../../../../bench/scale/settings";

interface Manifest {
  readonly items: readonly { readonly metadata: { name: string; namespace: string } }[];
}

test("each host has a Service of its own, which the manifest has", () => {
  const { services } = settingsOf(3, 1);
  expect(services.map(({ host }) => host)).toEqual([hostOf(0), hostOf(1), hostOf(2)]);
  const { items } = JSON.parse(manifestOf(3)) as Manifest;
  expect(items.map(({ metadata }) => [metadata.namespace, metadata.name])).toEqual(
    services.map(({ namespace, service }) => [namespace, service]),
  );
  expect(items[0]?.metadata.namespace).toBe(NAMESPACE);
});

test("the smallest settings have a host that no size has, and the client that each size has", () => {
  const smallest = smallestSettings();
  const { services, clients } = settingsOf(250, 20);
  const hosts = services.map(({ host }) => host);
  expect(smallest.services).toHaveLength(1);
  expect(hosts).not.toContain(smallest.services[0]?.host);
  expect(smallest.clients).toEqual(clients.slice(0, 1));
});
