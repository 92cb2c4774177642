import { createPrivateKey } from "node:crypto";

import { beforeAll, describe, expect, test } from "vitest";

import { type Authority, createAuthority } from "../../../checks/toolkit/pki/authority";
import { complaints, serverConfig, type Settings } from "../../support/config";
import { createGivenCa } from "../../support/given-ca";
import { named, type Recorded } from "../../support/record";
import { recordClient, recordRefusedClient, recordServer, serverIsUp } from "../../support/stacks";

type GivenCa = Awaited<ReturnType<typeof createGivenCa>>;

let root: Authority;
let serverCa: GivenCa;
let clientCa: GivenCa;
beforeAll(async () => {
  root = await createAuthority("corporate root");
  serverCa = await createGivenCa(root, "server.demodomain21.com");
  clientCa = await createGivenCa(root, "client.demodomain21.com");
});

const secretOf = (resources: readonly Recorded[], name: string) =>
  named(resources, name).inputs["stringData"];

/** The key in the format of the tls provider: the given one is PKCS #8. */
const sec1Of = ({ privateKeyPem }: GivenCa) =>
  createPrivateKey(privateKeyPem).export({ format: "pem", type: "sec1" });

/** Outputs of a server with a given CA. */
const givenServer = () => ({
  ...serverIsUp,
  "clientCaCertPem-client": undefined,
  "clientCaKeyPem-client": undefined,
  rootCertPem: serverCa.trustAnchorPem,
});

test("the server uses the given CA, makes no root, and hands nothing to clients", async () => {
  const { resources, outputs } = await recordServer({ givenCa: serverCa });
  expect(resources.filter(({ name }) => name.includes("root"))).toEqual([]);
  expect(secretOf(resources, "istio-cacerts")).toMatchObject({
    "ca-cert.pem": expect.stringContaining("mesh CA") as string,
    "ca-key.pem": sec1Of(serverCa),
  });
  expect(named(resources, "certs-server-leaf-cert").inputs).toMatchObject({
    caPrivateKeyPem: sec1Of(serverCa),
    allowedUses: ["digital_signature", "server_auth"],
  });
  expect(outputs["rootCertPem"]).toBe(`${serverCa.trustAnchorPem.trim()}\n`);
  expect(Object.keys(outputs).filter((name) => name.startsWith("clientCa"))).toEqual([]);
});

test("certificates get back the last newline, which `pulumi config set` drops", () => {
  const { certPem, trustAnchorPem } = serverCa;
  const givenCa = { ...serverCa, certPem: certPem.trim(), trustAnchorPem: trustAnchorPem.trim() };
  expect(serverConfig({ givenCa }).givenCa).toMatchObject({
    certPem: `${certPem.trim()}\n`,
    trustAnchorPem: `${trustAnchorPem.trim()}\n`,
  });
});

test("the roots of the program no longer count", async () => {
  const previous = { trustedRoots: [2], signingRoot: 2 };
  const { outputs } = await recordServer({ givenCa: serverCa }, previous);
  expect(outputs).not.toHaveProperty("trustedRoots");
});

test("the client uses its given CA and its own trust anchors", async () => {
  const { resources } = await recordClient({ givenCa: clientCa }, givenServer());
  expect(secretOf(resources, "istio-cacerts")).toMatchObject({
    "ca-key.pem": sec1Of(clientCa),
  });
  expect(named(resources, "client-leaf-cert").inputs).toMatchObject({
    caPrivateKeyPem: sec1Of(clientCa),
  });
});

test("both gateways get the given revocation lists", async () => {
  const crlPem = "-----BEGIN X509 CRL-----\nAAAA\n-----END X509 CRL-----\n";
  const server = await recordServer({ givenCa: { ...serverCa, crlPem } });
  expect(secretOf(server.resources, "ingress-credential")).toMatchObject({ "ca.crl": crlPem });
  const client = await recordClient({ givenCa: { ...clientCa, crlPem } }, givenServer());
  expect(secretOf(client.resources, "egress-credential")).toMatchObject({ "ca.crl": crlPem });
});

test("the meshes of the program's own root trust additional roots as well", async () => {
  const { resources } = await recordServer({ additionalRootsPem: serverCa.trustAnchorPem });
  expect(secretOf(resources, "istio-cacerts")).toMatchObject({
    "root-cert.pem": "certificate of certs-root-certcertificate of corporate root",
  });
});

describe("refused before anything is created", () => {
  test("a client without a CA of its own, if the server has none for it", async () => {
    const { message, resources } = await recordRefusedClient({}, givenServer());
    expect(message).toMatch(
      /^givenCa: is missing: the server has no intermediate for client "client"/,
    );
    expect(resources).toEqual([]);
  });

  test("a CA under a root that the server does not trust", async () => {
    const { message, resources } = await recordRefusedClient({ givenCa: clientCa }, serverIsUp);
    expect(message).toMatch(/^givenCa: must be signed by a root that the server trusts/);
    expect(resources).toEqual([]);
  });

  test("what is not an intermediate with its key and its root", async () => {
    const wrong = (changes: object) =>
      complaints("server", { givenCa: { ...serverCa, ...changes } }).map((line) =>
        line.slice(0, line.indexOf(" (value")),
      );
    const other = await createGivenCa(await createAuthority("other root"), "other.example");
    const { certPem, trustAnchorPem, privateKeyPem } = serverCa;
    expect(wrong({ certPem: `${certPem}${privateKeyPem}` })).toEqual([
      "istio-mtls:givenCa.certPem: must be a certificate in PEM",
    ]);
    expect(wrong({ certPem: `${certPem}${trustAnchorPem}` })).toEqual([
      "istio-mtls:givenCa.certPem: must be one valid certificate",
    ]);
    expect(wrong({ privateKeyPem: other.privateKeyPem })).toEqual([
      "istio-mtls:givenCa.privateKeyPem: must be the private key of certPem in PEM, not encrypted",
    ]);
    expect(wrong({ trustAnchorPem: other.trustAnchorPem })).toEqual([
      "istio-mtls:givenCa.trustAnchorPem: must begin with the root that signed certPem",
    ]);
  });

  test("keys that are about the program's own certificates", () => {
    const names = (stack: "server" | "client", settings: Settings) =>
      complaints(stack, settings).map((line) => line.split(": ")[0]);
    expect(
      names("server", {
        givenCa: serverCa,
        revoked: [{ issuer: "root", serial: "01" }],
        trustedRoots: [1, 2],
        additionalRootsPem: serverCa.trustAnchorPem,
      }),
    ).toEqual(["istio-mtls:revoked", "istio-mtls:trustedRoots", "istio-mtls:additionalRootsPem"]);
    expect(names("client", { givenCa: clientCa, intermediateKey: "client" })).toEqual([
      "istio-mtls:intermediateKey",
    ]);
  });
});
