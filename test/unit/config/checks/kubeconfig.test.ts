import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { afterAll, beforeAll, describe, expect, test, vi } from "vitest";

import { complaints, serverConfig } from "../../../support/config";

const CONTENTS = JSON.stringify({
  apiVersion: "v1",
  kind: "Config",
  clusters: [{ name: "c", cluster: { server: "https://c.example.com" } }],
  contexts: [{ name: "kind-a", context: { cluster: "c", user: "u" } }],
  users: [{ name: "u", user: { token: "hush" } }],
});
const set = (kubeconfig: string, kubeContext = "") => ({
  cluster: "kubeconfig",
  kubeconfig,
  kubeContext,
});

const home = mkdtempSync(join(tmpdir(), "config-kubeconfig-"));
const file = join(home, ".kube/config");
beforeAll(() => {
  mkdirSync(join(home, ".kube"));
  writeFileSync(file, CONTENTS);
  vi.stubEnv("HOME", home);
});
afterAll(() => {
  vi.unstubAllEnvs();
  rmSync(home, { recursive: true });
});

describe("a kubeconfig is accepted", () => {
  test.each([
    ["as its contents", CONTENTS, CONTENTS],
    ["as its path", file, file],
    ["as its path from the home directory", "~/.kube/config", file],
  ])("%s", (_how, given, kubeconfig) => {
    expect(serverConfig(set(given)).cluster).toEqual({ from: "kubeconfig", kubeconfig });
    expect(serverConfig(set(given, "kind-a")).cluster).toEqual({
      from: "kubeconfig",
      kubeconfig,
      context: "kind-a",
    });
  });
});

describe("anything else is refused, and shown only if it looks like a path", () => {
  const base64 = Buffer.from(CONTENTS).toString("base64");
  test.each([
    ["an empty string", "", /kubeconfig: is missing with cluster "kubeconfig": set it to a path/],
    [
      "a missing file",
      "/no/such",
      /must be the path or the contents of a kubeconfig \(got "\/no\/such"\): it is not a file/,
    ],
    [
      "a folder",
      "test",
      /must be the path or the contents of a kubeconfig \(got "test"\): it is not a file/,
    ],
    [
      "another file",
      "package.json",
      /must be .* a kubeconfig \(got "package.json"\): the file lists no clusters/,
    ],
    [
      "YAML that does not parse",
      "clusters: [",
      /kubeconfig: must be the path or the contents of a kubeconfig \(value not shown\)/,
    ],
    [
      "clusters that are not a list",
      "clusters: hush",
      /kubeconfig: must be the path or the contents of a kubeconfig \(value not shown\)/,
    ],
    [
      "contents without clusters",
      "users:\n- token: hush\n",
      /kubeconfig: must be the path or the contents of a kubeconfig \(value not shown\)/,
    ],
    [
      "one line of JSON",
      '{"users":[{"token":"hush"}]}',
      /kubeconfig: must be the path or the contents of a kubeconfig \(value not shown\)/,
    ],
    [
      "base64",
      base64,
      /kubeconfig: must be the path or the contents of a kubeconfig \(value not shown\)/,
    ],
    [
      "a token",
      "a".repeat(40),
      /kubeconfig: must be the path or the contents of a kubeconfig \(value not shown\)/,
    ],
  ])("%s", (_what, given, message) => {
    const found = complaints("server", set(given));
    expect(found).toEqual([expect.stringMatching(message)]);
    expect(found.join()).not.toMatch(/hush|aHVzaA|aaaa/);
    expect(found.join()).not.toContain(base64.slice(0, 20));
  });
});

test.each([CONTENTS, file, "clusters: []"])("the context must be in the kubeconfig", (given) => {
  expect(complaints("server", set(given, "kind-b"))).toEqual([
    expect.stringMatching(
      /kubeContext: must be a context of the kubeconfig \(got "kind-b"\): use one that `kubectl config get-contexts` lists, or leave it empty/,
    ),
  ]);
});

test("with cluster gke, both are refused and neither is shown", () => {
  const found = complaints("client", { kubeconfig: CONTENTS, kubeContext: "kind-a" });
  expect(found).toEqual([
    expect.stringMatching(
      /kubeconfig: has no effect with cluster "gke": remove it, or set cluster to "kubeconfig"/,
    ),
    expect.stringMatching(/kubeContext: has no effect with cluster "gke": remove it/),
  ]);
  expect(found.join()).not.toMatch(/hush|kind-a/);
});

test("a kubeconfig or a token in place of the context is not shown", () => {
  const yaml = "apiVersion: v1\nusers:\n- name: u\n  user: {token: hush}\n";
  const jwt = "eyJhbGciOiJSUzI1NiJ9.eyJpc3MiOiJodXNoIn0.c2lnbmF0dXJl";
  for (const kubeContext of [yaml, CONTENTS, "{users: [{token: hush}]}", jwt]) {
    const found = complaints("server", set(CONTENTS, kubeContext));
    expect(found).toEqual([expect.stringContaining("kubeContext: must be a context")]);
    expect(found.join()).toContain("(value not shown)");
    expect(found.join()).not.toMatch(/hush|eyJ/);
  }
});
