import { expect, test } from "vitest";

import { selectEgress } from "../../../../checks/runner/discover";

const gateway = (name: string, ...hosts: readonly string[]) => ({
  metadata: { name, namespace: "httpbin" },
  spec: { selector: {}, servers: [{ hosts, tls: {} }] },
});

const FIRST = gateway("server-egress", "a.test");
const ALL = [gateway("other-team", "c.test"), gateway("egress-to-shop", "b.test"), FIRST];

test.each([
  ["the first server", ["a.test"], "server-egress"],
  ["another server", ["b.test"], "egress-to-shop"],
  ["a server with hosts of both", ["b.test", "a.test"], "server-egress"],
  ["a server that the client does not call", ["c.test"], "server-egress"],
])("the checks take the path to %s", (_, served, name) => {
  const ingress = gateway("server-ingress", ...served);
  expect(selectEgress(FIRST, ALL, ingress).metadata.name).toBe(name);
});
