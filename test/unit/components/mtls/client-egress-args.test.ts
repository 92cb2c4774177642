import * as pulumi from "@pulumi/pulumi";
import { expect, test } from "vitest";

import { ClientEgressMtls } from "../../../../components/mtls/client-egress-mtls";
import { argsProblems } from "../../../support/args-problems";
import { DEDICATED, EGRESS, HOST, serverWith } from "./client-egress";

const CALLER = "client.example.com/ns/shop/sa/web";

function problems(changes: object, name = "egress") {
  return argsProblems(() => new ClientEgressMtls(name, { ...EGRESS, ...changes }));
}

test.each<[string, object, string | RegExp]>([
  [
    "no hosts",
    serverWith({ hosts: [] }),
    "server.hosts: must not be empty: name at least one host to call",
  ],
  [
    "a host twice",
    serverWith({ hosts: [HOST, HOST] }),
    `server.hosts[1]: must be unique (got "${HOST}"): remove the repeated entry`,
  ],
  [
    "a host with a wildcard",
    serverWith({ hosts: ["*.example.com"] }),
    /^server.hosts\[0\]: must be a DNS name \(got "\*.example.com"\)/,
  ],
  ["no callers", { callers: [] }, /^callers: must not be empty: name at least one identity/],
  [
    "a caller twice",
    { callers: [{ principal: CALLER }, { principal: CALLER }] },
    /^callers\[1\].principal: must be unique/,
  ],
  [
    "a caller with a scheme",
    { callers: [{ principal: `spiffe://${CALLER}` }] },
    `callers[0].principal: must be an identity (got "spiffe://${CALLER}"): use TRUST-DOMAIN/ns/NAMESPACE/sa/SERVICE-ACCOUNT, without spiffe:// and without *`,
  ],
  [
    "a caller with a wildcard",
    { callers: [{ principal: "client.example.com/ns/shop/sa/*" }] },
    /^callers\[0\].principal: must be an identity/,
  ],
  [
    "a caller without a host",
    { callers: [{ principal: CALLER, hosts: [] }] },
    /^callers\[0\].hosts: must not be empty: remove the key to let the caller call every host/,
  ],
  [
    "a caller's host that is not called",
    { callers: [{ principal: CALLER, hosts: [HOST, "b.example.com"] }] },
    `callers[0].hosts[1]: must be one of the hosts to call (got "b.example.com"): use ${HOST}, or add it to them`,
  ],
  [
    "a namespace of callers twice",
    { callerNamespaces: ["web", "web"] },
    /^callerNamespaces\[1\]: must be unique/,
  ],
  [
    "a port out of range",
    serverWith({ port: 70_000 }),
    "server.port: must be an integer from 1 to 65535 (got 70000)",
  ],
  [
    "an address twice",
    serverWith({
      alternatives: [
        { address: "203.0.113.65", port: 443 },
        { address: "203.0.113.65", port: 444 },
      ],
    }),
    /^server.alternatives\[1\].address: must be unique \(got "203.0.113.65"\)/,
  ],
  [
    "an address with a locality beside one without",
    serverWith({
      alternatives: [{ address: "203.0.113.65", port: 443, locality: "europe-west4" }],
    }),
    "server.locality: is missing, although another address has one: give each address its locality, or none",
  ],
  [
    "a locality with too many parts",
    serverWith({ locality: "a/b/c/d" }),
    /^server.locality: must be a locality \(got "a\/b\/c\/d"\): use REGION, REGION\/ZONE or/,
  ],
  [
    "an address with a port",
    serverWith({ address: "203.0.113.64:443" }),
    'server.address: must be an IP address or a DNS name (got "203.0.113.64:443"): use one that the gateway can reach',
  ],
  [
    "a namespace that Kubernetes refuses",
    { namespace: "Shop" },
    /^namespace: must be a Kubernetes name \(got "Shop"\)/,
  ],
  [
    "a gateway without labels, which would select all pods",
    { gateway: { ...DEDICATED, labels: {} } },
    "gateway.labels: must not be empty: use labels that only the gateway's pods have",
  ],
  [
    "an empty key",
    { credential: { ...EGRESS.credential, privateKeyPem: "" } },
    'credential.privateKeyPem: must be a non-empty string (got ""): enter a value',
  ],
  [
    "a prefix that Kubernetes refuses",
    { objectPrefix: "to_server" },
    /^objectPrefix: must be a Kubernetes name \(got "to_server"\)/,
  ],
  [
    "a credential name that Kubernetes refuses",
    { credentialName: "-credential" },
    /^credentialName: must be a Kubernetes name \(got "-credential"\)/,
  ],
])("%s", async (_, changes, problem) => {
  expect(await problems(changes)).toEqual([
    typeof problem === "string" ? problem : (expect.stringMatching(problem) as unknown),
  ]);
});

test("a component whose name cannot start an object's name needs a prefix", async () => {
  expect(await problems({}, "Partner_Egress")).toEqual([
    expect.stringMatching(/^objectPrefix: must be a Kubernetes name \(got "Partner_Egress"\)/),
  ]);
  expect(await problems({ objectPrefix: "partner" }, "Partner_Egress")).toEqual([]);
});

test("all problems are reported at once", async () => {
  expect(await problems({ callers: [], namespace: "", ...serverWith({ port: 0 }) })).toHaveLength(
    3,
  );
});

test("outputs are not checked: their values are not known yet", async () => {
  const unknown = <Value>(value: Value) => pulumi.output(value);
  const changes = {
    namespace: unknown("Shop"),
    gateway: unknown({ ...DEDICATED, labels: {} }),
    ...serverWith({ address: unknown("-"), port: unknown(0) }),
    callers: [{ principal: unknown("*") }, { principal: unknown("*") }],
  };
  expect(await problems(changes)).toEqual([]);
});
