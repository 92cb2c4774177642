import * as pulumi from "@pulumi/pulumi";
import { describe, expect, test } from "vitest";

import type { Settings } from "../../support/config";
import { labelPem } from "../../support/pki";
import { named, valueOf } from "../../support/record";
import { SIGNED_INTERMEDIATE } from "../../support/signed-intermediate";
import { signingRequest } from "../../support/signing-request";
import {
  recordClient,
  type RecordedStack,
  recordRefusedClient,
  recordServer,
  serverHasSigned,
  serverIsUp,
} from "../../support/stacks";

/** What a stack's outputs are once its update has ended, as another stack reads them. */
async function outputsAfterUpdate(outputs: Readonly<Record<string, unknown>>) {
  const entries = Object.entries(outputs).map(async ([name, output]) => {
    if (!pulumi.Output.isInstance(output)) return [name, output] as const;
    const value: unknown = await valueOf(output);
    return [name, (await pulumi.isSecret(output)) ? pulumi.secret(value) : value] as const;
  });
  return Object.fromEntries(await Promise.all(entries));
}

describe("what the server records, the client reads", () => {
  const NODE_PORT = { ingressType: "NodePort", ingressNodeAddress: "203.0.113.5" };

  test("with an intermediate that the server made", async () => {
    const server = await outputsAfterUpdate((await recordServer(NODE_PORT)).outputs);
    const { resources, outputs } = await recordClient({}, server);
    expect(outputs["hosts"]).toEqual(["application.demodomain21.com"]);
    expect(named(resources, "egress-entry").inputs["spec"]).toMatchObject({
      endpoints: [{ address: "203.0.113.5" }],
      ports: [{ targetPort: 30443 }],
    });
    expect(named(resources, "client-leaf-request").inputs).toMatchObject({
      dnsNames: ["client.demodomain21.com"],
      uris: ["spiffe://client.demodomain21.com/ns/httpbin/sa/istio-egressgateway"],
    });
    expect(named(resources, "istio-cacerts").inputs["stringData"]).toMatchObject({
      "ca-cert.pem": "certificate of certs-client-client-ca-draft, signed by certs-root-cert",
      "ca-key.pem": "private key of certs-client-client-ca-key",
      "root-cert.pem": "certificate of certs-root-cert",
    });
  });

  test("with an intermediate whose key the client made", async () => {
    const client = {
      name: "client",
      dnsName: "client.demodomain21.com",
      trustDomain: "client.demodomain21.com",
      signingRequestPem: signingRequest({ CN: "client intermediate CA" }),
    };
    const { outputs } = await recordServer({ ...NODE_PORT, clients: [client] });
    const server = await outputsAfterUpdate(outputs);
    expect(labelPem(String(server["clientCaCertPem-client"]))).toBe(
      "certificate of certs-client-client-ca-draft, signed by certs-root-cert",
    );
    const signed = { ...server, "clientCaCertPem-client": SIGNED_INTERMEDIATE };
    const { resources } = await recordClient({ intermediateKey: "client" }, signed);
    expect(named(resources, "istio-cacerts").inputs["stringData"]).toMatchObject({
      "ca-cert.pem": labelPem(SIGNED_INTERMEDIATE),
      "ca-key.pem": "private key of client-ca-key",
    });
  });

  test("with revocation lists, which both gateways get; without one, neither has a list", async () => {
    const crlOf = ({ resources }: RecordedStack, name: string) =>
      (named(resources, name).inputs["stringData"] as Record<string, string>)["ca.crl"];
    const listsOf = async (settings: Settings) => {
      const server = await recordServer({ ...NODE_PORT, ...settings });
      const client = await recordClient({}, await outputsAfterUpdate(server.outputs));
      return [crlOf(server, "ingress-credential"), crlOf(client, "egress-credential")];
    };
    const [atServer, atClient] = await listsOf({ revoked: [{ issuer: "client", serial: "4be8" }] });
    expect(atServer?.match(/BEGIN X509 CRL/g)).toHaveLength(3);
    expect(atClient).toBe(atServer);
    expect(await listsOf({})).toEqual([undefined, undefined]);
  });

  test("a client with its own key has a list of its own CA", async () => {
    const { outputs } = await recordClient({ intermediateKey: "client" }, serverHasSigned);
    const crlPem = await valueOf(outputs["crlPem"] as pulumi.Output<string>);
    expect(crlPem).toMatch(/^-----BEGIN X509 CRL-----/);
  });
});

/** What the client says about a server's stack with these outputs. It must register nothing before. */
async function refusal(beside: Readonly<Record<string, unknown>> | "no server", settings = {}) {
  const { message, resources } = await recordRefusedClient(settings, beside);
  expect(resources).toEqual([]);
  expect(message).toContain("Nothing was created.");
  return message;
}

/** The server's outputs without one of them. */
function without(output: string): Record<string, unknown> {
  return Object.fromEntries(Object.entries(serverIsUp).filter(([name]) => name !== output));
}

test("the client calls what the server lets it call", async () => {
  const service = { namespace: "shop", service: "web", port: 80 };
  const entry = { name: "client", dnsName: "c.test", trustDomain: "client.demodomain21.com" };
  const { outputs } = await recordServer({
    ingressType: "NodePort",
    ingressNodeAddress: "203.0.113.5",
    services: ["a.test", "b.test"].map((host) => ({ host, ...service })),
    clients: [{ ...entry, hosts: ["b.test"] }],
  });
  const client = await recordClient({}, await outputsAfterUpdate(outputs));
  expect(client.outputs["hosts"]).toEqual(["b.test"]);
});

describe("a wrong server is one error before anything is registered", () => {
  test("no such stack", async () => {
    expect(await refusal("no server")).toBe(
      'The server\'s stack "organization/istio-mtls/server" does not exist. Run `pulumi up -s server` first, or set ' +
        "`serverStack` to the stack that is the server. Nothing was created.",
    );
  });

  test.each([
    ["a server that is not up", {}],
    ["another project's stack", { bucketName: "logs", url: "https://example.com" }],
  ])("%s", async (_, beside) => {
    expect(await refusal(beside)).toMatch(
      /"organization\/istio-mtls\/server" has none of the outputs of this program's server. Run `pulumi up -s server` first/,
    );
  });

  test("another project's stack that happens to have an output of the same name", async () => {
    expect(await refusal({ hosts: ["www.example.com"] })).toMatch(
      /ingressAddress: is missing\n {2}ingressPort: is missing\n {2}rootCertPem: is missing\n {2}clients: is missing\n/,
    );
  });

  test.each<[string, Record<string, unknown>, string]>([
    [
      "`clients` is a map",
      { ...serverIsUp, clients: { client: {} } },
      "clients: must be a list (got an object): write a list, even for one entry",
    ],
    [
      "`hosts` is a string",
      { ...serverIsUp, hosts: "application.demodomain21.com" },
      'hosts: must be a list (got "application.demodomain21.com"): write a list, even for one entry',
    ],
    [
      "`hosts` is empty",
      { ...serverIsUp, hosts: [] },
      "hosts: must not be empty: the server must offer at least one host",
    ],
    [
      "`hosts` is a secret",
      { ...serverIsUp, hosts: pulumi.secret(["application.demodomain21.com"]) },
      "hosts: must not be a secret",
    ],
    ["`ingressAddress` is missing", without("ingressAddress"), "ingressAddress: is missing"],
    [
      "`ingressAddress` is empty",
      { ...serverIsUp, ingressAddress: "" },
      'ingressAddress: must be an IP address or a DNS name (got ""): use one that the gateway can reach',
    ],
    [
      "`ingressPort` is a string",
      { ...serverIsUp, ingressPort: "443" },
      'ingressPort: must be an integer from 1 to 65535 (got "443")',
    ],
    [
      "the client's certificate is missing",
      without("clientCaCertPem-client"),
      "clientCaCertPem-client: is missing",
    ],
    [
      "the client's key is not a secret",
      { ...serverIsUp, "clientCaKeyPem-client": "CLIENT CA KEY" },
      "clientCaKeyPem-client: must be a secret: it is a private key",
    ],
    [
      // As the engine gives it: an empty object in place of what it cannot decrypt.
      "the client's key cannot be decrypted",
      { ...serverIsUp, "clientCaKeyPem-client": pulumi.secret({}) },
      "clientCaKeyPem-client: cannot be decrypted: run Pulumi with the passphrase or the key that encrypts the server's stack",
    ],
  ])("%s", async (_, beside, problem) => {
    const message = await refusal(beside);
    expect(message.split("\n").slice(1, -1)).toEqual([`  ${problem}`]);
    expect(message).toContain(
      'The server\'s stack "organization/istio-mtls/server" has wrong outputs.',
    );
    expect(message).toMatch(/A stack in between must pass the server's outputs on unchanged.$/);
    expect(message).not.toContain("CLIENT CA KEY");
  });

  test("a client that it does not admit", async () => {
    expect(await refusal(serverIsUp, { clientName: "other" })).toMatch(
      /does not admit a client "other" \(it admits "client"\). Add it to .* `pulumi up -s server`, or change this stack's `clientName`/,
    );
  });

  test("a credential in place of a name is not shown", async () => {
    const jwt = "eyJhbGciOiJSUzI1NiJ9.eyJpc3MiOiJodXNoIn0.c2lnbmF0dXJl";
    const hex = "a3735928559ab3735928559ab3735928";
    expect(await refusal("no server", { serverStack: jwt })).toMatch(
      /^The server's stack \(name not shown\) does not exist/,
    );
    expect(await refusal(serverIsUp, { clientName: hex })).toMatch(
      /does not admit a client \(name not shown\) \(it admits "client"\)/,
    );
  });

  test("a server of an earlier version lets the client call every host", async () => {
    const { outputs } = await recordClient({}, { ...serverIsUp, hosts: ["a.test", "b.test"] });
    expect(outputs["hosts"]).toEqual(["a.test", "b.test"]);
  });

  test("a stack in between works when it passes the outputs on, its own beside them", async () => {
    const { outputs } = await recordClient({}, { ...serverIsUp, owner: "team" });
    expect(outputs["hosts"]).toEqual(["application.demodomain21.com"]);
  });
});
