import { generateKeyPairSync } from "node:crypto";

import { describe, expect, test } from "vitest";

import { complaints, serverConfig } from "../../../support/config";
import { newKeys, signingRequest } from "../../../support/signing-request";

const partner = { name: "p", dnsName: "p.example.com", trustDomain: "p.example.com" };
const SIGNING_REQUEST = signingRequest({ CN: "p intermediate CA" });
const withRequest = (signingRequestPem: unknown) => ({
  clients: [{ ...partner, signingRequestPem }],
});
const KEY = ["-----BEGIN PRIVATE KEY-----", "aHVzaA==", "-----END PRIVATE KEY-----", ""].join("\n");
const body = SIGNING_REQUEST.split("\n").slice(1, -2).join("\n");
const pem = (label: string, text: string) =>
  `-----BEGIN ${label}-----\n${text}\n-----END ${label}-----\n`;

test.each([SIGNING_REQUEST, SIGNING_REQUEST.replaceAll("\n", "\r\n"), `\n  ${SIGNING_REQUEST}\n`])(
  "a signing request is accepted: %j",
  (request) => {
    expect(serverConfig(withRequest(request)).clients[0]?.signingRequestPem).toBe(request);
  },
);

describe("the value, which is stored unencrypted, must be one signing request and nothing else", () => {
  test.each([
    ["a key after it", SIGNING_REQUEST + KEY],
    ["a key before it", KEY + SIGNING_REQUEST],
    ["a key alone", KEY],
    ["two requests", SIGNING_REQUEST + SIGNING_REQUEST],
    ["words after it", `${SIGNING_REQUEST}hush`],
    ["another label", pem("NEW CERTIFICATE REQUEST", body)],
    ["a key under its label", pem("CERTIFICATE REQUEST", "aHVzaA==")],
    ["words between its lines", pem("CERTIFICATE REQUEST", `${body}\nhush!`)],
    ["a line missing", pem("CERTIFICATE REQUEST", body.split("\n").slice(0, -1).join("\n"))],
    ["bytes after its last", pem("CERTIFICATE REQUEST", "MAMCAQBodXNo")],
    ["no body", pem("CERTIFICATE REQUEST", "")],
    ["no end", SIGNING_REQUEST.split("\n").slice(0, 3).join("\n")],
    ["no text", { key: KEY }],
  ])("refused: %s", (_what, request) => {
    const found = complaints("server", withRequest(request));
    expect(found).toEqual([
      expect.stringMatching(
        /clients\[0\].signingRequestPem: must be a signing request in PEM \(value not shown\): paste .* output signingRequestPem, .* and nothing else/,
      ),
    ]);
    expect(found.join()).not.toMatch(/hush|aHVzaA|PRIVATE KEY/);
  });

  test("a key in a list that is not valid JSON is not shown", () => {
    const found = complaints("server", { clients: `[{"signingRequestPem": "${KEY}"` });
    expect(found).toEqual([
      expect.stringMatching(/clients: must be a list \(value not shown\): edit the stack's file/),
    ]);
  });
});

describe("the request", () => {
  const rsa = generateKeyPairSync("rsa", { modulusLength: 512 });
  const p384 = generateKeyPairSync("ec", { namedCurve: "P-384" });

  test.each([
    ["RSA with 512 bits", rsa],
    ["the curve secp384r1", p384],
    ["ED25519", generateKeyPairSync("ed25519")],
  ])("must have a key like the program's, not %s", (key, { publicKey }) => {
    const request = signingRequest({ CN: "p intermediate CA" }, { ...newKeys(), publicKey });
    expect(complaints("server", withRequest(request))).toEqual([
      expect.stringContaining(
        `clients[0].signingRequestPem: must have an ECDSA key on the curve P-256 (got ${key}): paste the client stack's`,
      ),
    ]);
  });

  test("must be signed by its own key", () => {
    const { publicKey } = newKeys();
    const { privateKey } = newKeys();
    const request = signingRequest({ CN: "p intermediate CA" }, { publicKey, privateKey });
    expect(complaints("server", withRequest(request))).toEqual([
      expect.stringMatching(
        /signingRequestPem: must be signed by its own key .*: the request is damaged/,
      ),
    ]);
  });

  test.each([
    ["another client's", { CN: "q intermediate CA" }, '(got "q intermediate CA")'],
    ["the server mesh's", { CN: "server intermediate CA" }, '(got "server intermediate CA")'],
    ["of a longer subject", { CN: "p intermediate CA", O: "Example" }, "(got nothing)"],
  ])("must have its client's name, not %s", (_what, subject, shown) => {
    expect(complaints("server", withRequest(signingRequest(subject)))).toEqual([
      expect.stringContaining(
        `clients[0].signingRequestPem: must have the common name "p intermediate CA" ${shown}: paste the output ` +
          'signingRequestPem of the stack whose clientName is "p"',
      ),
    ]);
  });

  test("must not be used for a second client", () => {
    const clients = [
      partner,
      { name: "q", dnsName: "q.example.com", trustDomain: "q.example.com" },
    ].map((client) => ({ ...client, signingRequestPem: SIGNING_REQUEST }));
    expect(complaints("server", { clients })).toEqual([
      expect.stringContaining(
        'clients[1].signingRequestPem: must have the common name "q intermediate CA"',
      ),
    ]);
  });
});

test("a client named like the server's mesh is refused: their intermediate CAs would have one name", () => {
  expect(complaints("server", { clients: [{ ...partner, name: "server" }] })).toEqual([
    expect.stringContaining(
      'clients[0].name: must not be "server": the server mesh\'s intermediate CA',
    ),
  ]);
});
