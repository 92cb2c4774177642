import { describe, expect, test } from "vitest";

import { helpText, parseOptions } from "../../../../checks/runner/options";
import { checks } from "../../../../checks/suites";

const CLUSTERS = ["--server-kubeconfig", "server.yaml", "--client-kubeconfig", "client.yaml"];

function options(...args: readonly string[]) {
  const parsed = parseOptions([...CLUSTERS, ...args]);
  if (parsed === "help") throw new Error("unexpected help");
  return parsed;
}

test("two kubeconfigs are enough, and all checks run", () => {
  expect(options()).toMatchObject({
    server: { name: "server" },
    client: { name: "client" },
    enforcesNetworkPolicy: false,
    artifacts: [],
    json: undefined,
    report: undefined,
  });
  expect(options().checks).toEqual(checks);
});

test("--search can be repeated", () => {
  expect(options("--search", "a", "--search", "b").artifacts).toEqual([
    { name: "a", path: "a" },
    { name: "b", path: "b" },
  ]);
});

describe("--checks", () => {
  const slugs = (...patterns: readonly string[]) =>
    options(...patterns.flatMap((pattern) => ["--checks", pattern])).checks.map(({ slug }) => slug);

  test("selects one check by its slug", () => {
    expect(slugs("ingress/no-client-certificate")).toEqual(["ingress/no-client-certificate"]);
  });

  test("selects by patterns, in the order of the list", () => {
    expect(slugs("mesh/*", "path/plain-*")).toEqual(["path/plain-http", "mesh/plaintext"]);
    expect(slugs("ingress/*").every((slug) => slug.startsWith("ingress/"))).toBe(true);
  });

  test("a dot is only a dot", () => {
    expect(() => slugs("mesh.plaintext")).toThrow('"mesh.plaintext" matches no check');
  });

  test("each pattern must match a check", () => {
    expect(() => slugs("path/*", "ingres/*")).toThrow(
      '--checks: "ingres/*" matches no check: write a slug, or a pattern such as "ingress/*". --help lists them',
    );
  });
});

test.each([
  [["--server-kubeconfig", "x"], "--client-kubeconfig is missing: name a kubeconfig file"],
  [[...CLUSTERS, "--nonsense"], "--nonsense"],
  [[...CLUSTERS, "stray"], "stray"],
  [[...CLUSTERS, "--json", ""], "--json: must be a file name"],
  [[...CLUSTERS, "--report", ""], "--report: must be a folder name"],
])("%j is refused by name", (args, message) => {
  expect(() => parseOptions(args)).toThrow(message);
});

test("the help needs no kubeconfig, and lists each check", () => {
  expect(parseOptions(["--help"])).toBe("help");
  const lines = helpText()
    .split("\n")
    .map((line) => line.trim().replace(/ +/g, " "));
  for (const { slug, title } of checks) expect(lines).toContain(`${slug} ${title}`);
});
