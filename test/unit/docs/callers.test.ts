import { readFileSync } from "node:fs";

import { load } from "js-yaml";
import { expect, test } from "vitest";

import { commandsIn } from "../../support/markdown-commands";
import { named } from "../../support/record";
import { recordClient, serverIsUp } from "../../support/stacks";

const HOSTS = ["application.demodomain21.com", "orders.demodomain21.com"];

test("the callers in docs/callers.md are accepted, and the page names what their teams need", async () => {
  const page = readFileSync("docs/callers.md", "utf8");
  const [example = ""] = commandsIn(page, "yaml");
  const { config } = load(example) as { config: Readonly<Record<string, unknown>> };
  const { resources } = await recordClient(
    { callers: config["istio-mtls:callers"] },
    { ...serverIsUp, hosts: HOSTS },
  );
  const [entry, toGateway, policy] = [
    "egress-entry",
    "egress-to-gateway",
    "egress-callers-only",
  ].map((name) => named(resources, name).inputs) as [Entry, Rule, object];

  expect(entry.spec.exportTo).toEqual([".", "shop", "warehouse"]);
  expect(JSON.stringify(policy)).toContain("client.demodomain21.com/ns/warehouse/sa/batch");
  // What the page tells a team to list in its Sidecar.
  expect(page).toContain(`- ${entry.metadata.namespace}/${HOSTS[1] ?? ""}`);
  expect(page).toContain(`- ${entry.metadata.namespace}/${toGateway.spec.host}`);
});

interface Entry {
  readonly metadata: { readonly namespace: string };
  readonly spec: { readonly exportTo: readonly string[] };
}

interface Rule {
  readonly spec: { readonly host: string };
}
