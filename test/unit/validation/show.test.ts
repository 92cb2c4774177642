import { describe, expect, test } from "vitest";

import { got, quote } from "../../../validation/show";

describe("a value that may be a credential is not shown", () => {
  const bytes = Buffer.from(Array.from({ length: 32 }, (_, index) => (index * 97 + 13) % 256));
  test.each([
    ["a long value", "word ".repeat(30)],
    ["several lines", "one\ntwo"],
    ["a PEM label", "-----BEGIN PRIVATE KEY-----"],
    ["base64", bytes.toString("base64")],
    ["base64url", bytes.toString("base64url")],
    ["base64 with its own punctuation in every word", "Ab1/cD2+eF3/gH4="],
    ["base64url with hyphens", "AIzaSy-D9tSrke72Pou-ab"],
    ["a generated password of letters", "kqzvbhwmfjxptrdlyngs"],
    ["hexadecimal", bytes.toString("hex")],
    ["a short key in base64", bytes.subarray(0, 16).toString("base64")],
    ["a short key in hexadecimal", bytes.subarray(0, 8).toString("hex")],
    ["a JWT", "eyJhbGciOiJSUzI1NiJ9.eyJpc3MiOiJodXNoIn0.c2lnbmF0dXJl"],
    ["a bootstrap token", "abcdef.0123456789abcdef"],
    ["a Google API key", "AIzaSyD-9tSrke72PouQMnMX-a7eZSW0jkFMBWY"],
    ["a GitHub token", "ghp_16C7e42F292c6912E7710c838347Ae178B4a"],
    ["a line of a kubeconfig", "client-key-data: aHVzaA"],
    ["a kubeconfig in one line", "{clusters: [], users: []}"],
    ["a kubeconfig in JSON", '{"clusters":[]}'],
    ["a list in JSON", '["hush"]'],
    ["a user with a token", "token: hush"],
    ["a password in an assignment", "password=hush"],
  ])("%s", (_what, value) => {
    expect(got(value)).toBe("(value not shown)");
  });
});

test.each([
  "application.demodomain21.com",
  "198.51.100.0/24",
  "europe-west1-b",
  "2026-12-01T00:00:00Z",
  "1.32.0-rc.0",
  "oci://registry.example.com/charts",
  "https://istio-release.storage.googleapis.com/charts",
  "projects/my-project/locations/europe-west1/keyRings/my-ring/cryptoKeys/my-key",
  "client.example.com/ns/shop/sa/istio-egressgateway",
  "gke_my-project_europe-west1-b_client",
  "organization/project/stack",
  "Http_Bin",
  "NO_MINOR_OR_NODE_UPGRADES",
  "/root/.kube/config",
  "",
])("%j is shown", (value) => {
  expect(got(value)).toBe(`(got ${JSON.stringify(value)})`);
});

test.each([
  [5, "(got 5)"],
  [true, "(got true)"],
  [null, "(got null)"],
  [undefined, "(got nothing)"],
  [["hush"], "(got a list)"],
  [{ token: "hush" }, "(got an object)"],
])("%j becomes %s", (value, text) => {
  expect(got(value)).toBe(text);
});

test("a name is quoted, unless it may be a credential", () => {
  expect(quote("organization/istio-mtls/server")).toBe('"organization/istio-mtls/server"');
  expect(quote("ghp_16C7e42F292c6912E7710c838347Ae178B4a")).toBe("(name not shown)");
});
