import { readFileSync } from "node:fs";

import { load } from "js-yaml";
import { expect, test } from "vitest";

import { commandsIn } from "../../support/markdown-commands";
import { named } from "../../support/record";
import { recordServer } from "../../support/stacks";

test("the clients in docs/security.md are accepted, and get what the page says", async () => {
  const blocks = commandsIn(readFileSync("docs/security.md", "utf8"), "yaml");
  const example = blocks.find((block) => block.includes("istio-mtls:clients")) ?? "";
  const { config } = load(example) as { config: Readonly<Record<string, unknown>> };
  const other = { namespace: "shop", service: "web", port: 80 };
  const { resources } = await recordServer({
    services: ["application.demodomain21.com", "b.example.com"].map((host) => ({ host, ...other })),
    clients: config["istio-mtls:clients"],
  });
  const policy = (slug: string) => named(resources, `ingress-client-${slug}`).inputs["spec"];
  const hosts = (...names: readonly string[]) => ({
    action: "ALLOW",
    rules: [{ to: [{ operation: { hosts: names.flatMap((name) => [name, `${name}:*`]) } }] }],
  });

  expect(policy("client-demodomain21-com")).toMatchObject(
    hosts("application.demodomain21.com", "b.example.com"),
  );
  expect(policy("mesh-partner-example")).toMatchObject(hosts("application.demodomain21.com"));
  expect(policy("mesh-supplier-example")).toMatchObject({ action: "DENY" });
});
