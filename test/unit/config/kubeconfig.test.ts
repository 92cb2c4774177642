import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { afterAll, beforeAll, describe, expect, test, vi } from "vitest";

import { complaints, serverConfig } from "../../support/config";

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

describe("a kubeconfig is taken", () => {
  test.each([
    ["by its contents", CONTENTS, CONTENTS],
    ["by its path", file, file],
    ["by its path from home", "~/.kube/config", file],
  ])("%s", (_how, given, kubeconfig) => {
    expect(serverConfig(set(given)).cluster).toEqual({ from: "kubeconfig", kubeconfig });
    expect(serverConfig(set(given, "kind-a")).cluster).toEqual({
      from: "kubeconfig",
      kubeconfig,
      context: "kind-a",
    });
  });
});

describe("what is no kubeconfig is refused, and shown only where it is a path", () => {
  const base64 = Buffer.from(CONTENTS).toString("base64");
  test.each([
    ["nothing", "", /kubeconfig: is empty: .* set it to a path/],
    ["no file", "/no/such", /kubeconfig: "\/no\/such" is neither a kubeconfig nor a file/],
    ["a folder", "test", /kubeconfig: "test" is neither a kubeconfig nor a file/],
    [
      "another file",
      "package.json",
      /kubeconfig: "package.json" is a file, but no kubeconfig: name one that lists clusters/,
    ],
    ["half a list", "clusters: [", /kubeconfig: the value is neither/],
    ["a list that is none", "clusters: hush", /kubeconfig: the value is neither/],
    ["contents without clusters", "users:\n- token: hush\n", /kubeconfig: the value is neither/],
    ["one line of JSON", '{"users":[{"token":"hush"}]}', /kubeconfig: the value is neither/],
    ["base64", base64, /kubeconfig: the value is neither/],
    ["a token", "a".repeat(40), /kubeconfig: the value is neither/],
  ])("%s", (_what, given, message) => {
    const found = complaints("server", set(given));
    expect(found).toEqual([expect.stringMatching(message)]);
    expect(found.join()).not.toMatch(/hush|aHVzaA|aaaa/);
    expect(found.join()).not.toContain(base64.slice(0, 20));
  });
});

test.each([CONTENTS, file, "clusters: []"])(
  "a context must be one of the kubeconfig's",
  (given) => {
    expect(complaints("server", set(given, "kind-b"))).toEqual([
      expect.stringMatching(
        /kubeContext: "kind-b" is no context of the kubeconfig: set it to one that `kubectl config get-contexts` lists, or leave it empty/,
      ),
    ]);
  },
);

test("with cluster gke neither has an effect, and no contents are shown", () => {
  const found = complaints("client", { kubeconfig: CONTENTS, kubeContext: "kind-a" });
  expect(found).toEqual([
    expect.stringMatching(
      /kubeconfig: has no effect with cluster "gke": remove it, or set cluster to "kubeconfig"/,
    ),
    expect.stringMatching(/kubeContext: "kind-a" has no effect with cluster "gke": remove it/),
  ]);
  expect(found.join()).not.toMatch(/hush/);
});
