import { describe, expect, test } from "vitest";

import { complaints, serverConfig } from "../../../support/config";
import { SIGNING_REQUEST } from "../../../support/signing-request";

const partner = { name: "p", dnsName: "p.example.com", trustDomain: "p.example.com" };
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
