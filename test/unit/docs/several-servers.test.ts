import { readFileSync } from "node:fs";

import * as pulumi from "@pulumi/pulumi";
import { load } from "js-yaml";
import { expect, test } from "vitest";

import { commandsIn } from "../../support/markdown-commands";
import { named } from "../../support/record";
import { recordClient, serverIsUp } from "../../support/stacks";

/** A server that admits this client under a name. */
function server(client: string, ...hosts: readonly string[]) {
  const [first] = serverIsUp["clients"] as readonly object[];
  return {
    ...serverIsUp,
    hosts,
    clients: [{ ...first, name: client }],
    [`clientCaCertPem-${client}`]: "CLIENT CA",
    [`clientCaKeyPem-${client}`]: pulumi.secret("CLIENT CA KEY"),
  };
}

test("the servers in docs/several-servers.md are accepted, and the names of the page are theirs", async () => {
  const page = readFileSync("docs/several-servers.md", "utf8");
  const [example = ""] = commandsIn(page, "yaml");
  const { config } = load(example) as { config: Readonly<Record<string, unknown>> };
  const settings = Object.fromEntries(
    Object.entries(config).map(([key, value]) => [key.replace("istio-mtls:", ""), value]),
  );
  const { resources, outputs } = await recordClient(settings, serverIsUp, {
    "acme/warehouse-mesh/production": server("partner", "stock.example.com", "other.example.com"),
    billing: server("client", "billing.example.com"),
  });
  expect(outputs["hosts"]).toEqual([
    "application.demodomain21.com",
    "stock.example.com",
    "billing.example.com",
  ]);
  const nameOf = (resource: string) =>
    (named(resources, resource).inputs["metadata"] as { readonly name: string }).name;
  for (const name of ["warehouse", "billing"]) {
    expect(nameOf(`to-${name}-credential`)).toBe(`client-credential-${name}`);
    expect(nameOf(`to-${name}-gateway`)).toBe(`egress-to-${name}`);
  }
  for (const name of ["client-credential-NAME", "egress-to-NAME"]) expect(page).toContain(name);
});
