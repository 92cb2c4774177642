import { expect, test } from "vitest";

import { ServerIngressMtls } from "../../../../components/mtls/server-ingress-mtls";
import { argsProblems } from "../../../support/args-problems";
import { clientNamed, FIRST, INGRESS } from "./server-ingress";

const ROOT_PEM = "-----BEGIN CERTIFICATE-----\nMA==\n-----END CERTIFICATE-----\n";

function problems(changes: object, name = "ingress") {
  return argsProblems(() => new ServerIngressMtls(name, { ...INGRESS, ...changes }));
}

const client = clientNamed("client");
const nodePort = { type: "NodePort", nodeAddress: "192.0.2.7", nodePort: 30_443 };

test.each<[string, object, string | RegExp]>([
  [
    "no services",
    { services: [] },
    "services: must not be empty: name at least one service for clients to call",
  ],
  [
    "no clients, which Istio would understand as all",
    { clients: [] },
    "clients: must not be empty: name at least one client to admit",
  ],
  [
    "a host twice",
    { services: [FIRST, { ...FIRST, service: "other" }] },
    `services[1].host: must be unique (got "${FIRST.host}"): give each entry its own host`,
  ],
  [
    "a client's DNS name twice",
    { clients: [client, { ...clientNamed("other"), dnsName: client.dnsName }] },
    /^clients\[1\].dnsName: must be unique/,
  ],
  [
    "a client's identity twice",
    { clients: [client, { ...client, dnsName: "other.example.com" }] },
    /^clients\[1\].principal: must be unique/,
  ],
  [
    "an identity with a scheme",
    { clients: [{ ...client, principal: `spiffe://${client.principal}` }] },
    /^clients\[0\].principal: must be an identity/,
  ],
  [
    "an identity with a wildcard",
    { clients: [{ ...client, principal: "client.example.com/ns/shop/sa/*" }] },
    /^clients\[0\].principal: must be an identity/,
  ],
  [
    "a host of a client that no service has",
    { clients: [{ ...client, hosts: [FIRST.host, "orders.example.com"] }] },
    `clients[0].hosts[1]: must be a host of \`services\` (got "orders.example.com"): use ${FIRST.host}, or add a service with this host`,
  ],
  [
    "a host of a client twice",
    { clients: [{ ...client, hosts: [FIRST.host, FIRST.host] }] },
    `clients[0].hosts[1]: must be unique (got "${FIRST.host}"): remove the repeated entry`,
  ],
  [
    "a client without a host",
    { clients: [{ ...client, hosts: [] }] },
    "clients[0].hosts: must not be empty: remove the key to let the client call every host, or set `suspended` to true to refuse all its requests",
  ],
  [
    "a suspension that is not a boolean",
    { clients: [{ ...client, suspended: "true" }] },
    'clients[0].suspended: must be true or false (got "true"): write it without quotation marks',
  ],
  [
    "a service's port out of range",
    { services: [{ ...FIRST, port: 0 }] },
    "services[0].port: must be an integer from 1 to 65535 (got 0)",
  ],
  [
    "TLS to a service without the roots of its certificate",
    { services: [{ ...FIRST, tls: "simple" }] },
    'services[0].tlsCaPem: is missing with tls "simple": enter the root of the CA that signed the certificate of the Service\'s pods',
  ],
  [
    "roots without TLS",
    { services: [{ ...FIRST, tls: "none", tlsCaPem: ROOT_PEM }] },
    'services[0].tlsCaPem: has no effect with tls "none": remove it, or set tls to "simple"',
  ],
  [
    "a certificate's name without TLS of its own",
    { services: [{ ...FIRST, tlsName: "web.example.com" }] },
    'services[0].tlsName: has no effect with tls "mesh": remove it, or set tls to "simple"',
  ],
  [
    "one Service with two kinds of TLS",
    { services: [FIRST, { ...FIRST, host: "other.example.com", tls: "none" }] },
    'services[1].tls: must be the same in all entries of the Service shop/web (got "none"): use one value, or a Service for each',
  ],
  [
    "HTTP/2 to a sidecar that is not there",
    { services: [{ ...FIRST, tls: "none", http2: true }] },
    'services[0].http2: has no effect with tls "none", because there is no sidecar: remove it',
  ],
  [
    "one Service with two versions of HTTP",
    {
      services: [
        { ...FIRST, http2: true },
        { ...FIRST, host: "other.example.com" },
      ],
    },
    "services[1].http2: must be the same in all entries of the Service shop/web (got false): use one value, or a Service for each",
  ],
  [
    "a service without a path",
    { services: [{ ...FIRST, routes: [] }] },
    "services[0].routes: must not be empty: remove the key to let clients call every path",
  ],
  [
    "a path twice",
    { services: [{ ...FIRST, routes: [{ path: "/a" }, { path: "/a" }] }] },
    'services[0].routes[1].path: must be unique (got "/a"): give each entry its own path',
  ],
  ...["api", "/api/", "/a//b", "/a/../b", "/a%2fb", "/a?b=c"].map(
    (path) =>
      [
        `the path ${path}`,
        { services: [{ ...FIRST, routes: [{ path }] }] },
        `services[0].routes[0].path: must be a path (got "${path}"): use segments without escapes, and no slash at the end, such as /api/v1`,
      ] as [string, object, string],
  ),
  [
    "a time-out of nothing",
    { services: [{ ...FIRST, routes: [{ path: "/", timeoutSeconds: 0 }] }] },
    "services[0].routes[0].timeoutSeconds: must be an integer from 1 to 86400 (got 0)",
  ],
  [
    "a Service's name that Kubernetes refuses",
    { services: [{ ...FIRST, service: "web.shop" }] },
    /^services\[0\].service: must be a Kubernetes name \(got "web.shop"\)/,
  ],
  [
    "a key that a service does not have",
    { services: [{ ...FIRST, targetPort: 80 }] },
    "services[0].targetPort: is not a known key: remove it or correct its name",
  ],
  [
    "a gateway without labels, which would select all pods",
    { gateway: { ...INGRESS.gateway, labels: {} } },
    /^gateway.labels: must not be empty/,
  ],
  [
    "another exposure",
    { exposure: { type: "ClusterIP" } },
    'exposure.type: must be "LoadBalancer" or "NodePort" (got "ClusterIP")',
  ],
  [
    "a node port that Kubernetes does not open",
    { exposure: { ...nodePort, nodePort: 443 } },
    "exposure.nodePort: must be an integer from 30000 to 32767 (got 443)",
  ],
  [
    "a node's address with a port",
    { exposure: { ...nodePort, nodeAddress: "192.0.2.7:30443" } },
    /^exposure.nodeAddress: must be an IPv4 address or a DNS name/,
  ],
  [
    "a source range that is an address",
    { exposure: { type: "LoadBalancer", sourceRanges: ["203.0.113.7"] } },
    /^exposure.sourceRanges\[0\]: must be a CIDR range \(got "203.0.113.7"\)/,
  ],
  [
    "a reserved address that is a name",
    { exposure: { type: "LoadBalancer", reservedAddress: "lb.example.com" } },
    /^exposure.reservedAddress: must be an IPv4 address \(got "lb.example.com"\)/,
  ],
  [
    "another TLS version",
    { minProtocolVersion: "TLSV1_1" },
    'minProtocolVersion: must be "TLSV1_2" or "TLSV1_3" (got "TLSV1_1")',
  ],
  [
    "an empty certificate",
    { credential: { ...INGRESS.credential, chainPem: "" } },
    'credential.chainPem: must be a non-empty string (got ""): enter a value',
  ],
])("%s", async (_, changes, problem) => {
  expect(await problems(changes)).toEqual([
    typeof problem === "string" ? problem : (expect.stringMatching(problem) as unknown),
  ]);
});

test("a prefix that cannot name the Service needs a name for the Service", async () => {
  expect(await problems({ objectPrefix: "1st" })).toEqual([
    'serviceName: must be a Service\'s name (got "1st"): use at most 63 lowercase letters, digits and hyphens, starting with a letter, such as istio-ingressgateway',
  ]);
  expect(await problems({ objectPrefix: "1st", serviceName: "first" })).toEqual([]);
});

test("a component whose name cannot start an object's name needs a prefix", async () => {
  expect(await problems({}, "Partner")).toEqual([
    expect.stringMatching(/^objectPrefix: must be a Kubernetes name \(got "Partner"\)/),
    expect.stringMatching(/^serviceName: must be a Service's name \(got "Partner"\)/),
  ]);
});
