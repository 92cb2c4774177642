import { readFileSync } from "node:fs";

import { load } from "js-yaml";
import { expect, test } from "vitest";

import { commandsIn } from "../../support/markdown-commands";
import { named } from "../../support/record";
import { recordClient } from "../../support/stacks";

test("the addresses in docs/failover.md are accepted, and are the endpoints of the server", async () => {
  const [example = ""] = commandsIn(readFileSync("docs/failover.md", "utf8"), "yaml");
  const { config } = load(example) as { config: Readonly<Record<string, unknown>> };
  const { resources } = await recordClient({
    serverAddresses: config["istio-mtls:serverAddresses"],
  });
  expect(named(resources, "egress-entry").inputs["spec"]).toMatchObject({
    ports: [{ targetPort: 443 }],
    endpoints: [
      { address: "203.0.113.64", locality: "europe-west4" },
      { address: "198.51.100.7", ports: { http: 8443 }, locality: "us-east1" },
    ],
  });
});
