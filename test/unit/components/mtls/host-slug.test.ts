import { expect, test } from "vitest";

import { hostSlug } from "../../../../components/mtls/host-slug";

test("a slug is a DNS label that shows the host", () => {
  expect(hostSlug("orders.example.com")).toBe("orders-example-com");
});

test("hosts that differ only in dots and hyphens have different slugs", () => {
  const hosts = ["a-b.c.example", "a.b-c.example", "a.b.c.example", "a--b.c.example"];
  expect(new Set(hosts.map(hostSlug)).size).toBe(hosts.length);
});

test("long hosts have different slugs of at most 63 characters", () => {
  const long = "a".repeat(60);
  const slugs = [`${long}.example.com`, `${long}.example.org`].map(hostSlug);
  expect(new Set(slugs).size).toBe(2);
  for (const slug of slugs) expect(slug).toMatch(/^[a-z0-9][-a-z0-9]{0,61}[a-z0-9]$/);
});
