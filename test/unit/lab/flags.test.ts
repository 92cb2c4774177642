import { describe, expect, test } from "vitest";

import { parseFlags, USAGE } from "../../../lab/flags";

describe("the flags of the lab", () => {
  test("have defaults", () => {
    expect(parseFlags([], "/here")).toEqual({
      keep: false,
      verbose: false,
      help: false,
      set: [],
      scenarios: [],
      images: "built",
    });
  });

  test("are parsed, with outputs relative to the user's folder", () => {
    const args = [
      ...["--report", "page"],
      "--keep",
      "--json",
      "out.json",
      "--set",
      "client:a=c=d",
      "--set",
      "x=[1]",
    ];

    expect(parseFlags(args, "/here")).toMatchObject({
      keep: true,
      json: "/here/out.json",
      report: "/here/page",
      set: [
        { stack: "client", key: "a", value: "c=d" },
        { key: "x", value: [1] },
      ],
    });
  });

  test("have a command to run inside", () => {
    expect(parseFlags(["--run", "npm run verify"], "/").run).toBe("npm run verify");
  });

  test("name scenarios, whose settings come before those of --set", () => {
    const args = [
      "--set",
      "client:egressGateway=dedicated",
      "--scenario",
      "nodeport-shared-egress",
    ];
    const { scenarios, set } = parseFlags([...args, "--scenario", "rotate-leaf"], "/");
    expect(scenarios).toEqual(["nodeport-shared-egress", "rotate-leaf"]);
    expect(set).toHaveLength(5);
    expect(set[0]).toEqual({ stack: "server", key: "ingressType", value: "NodePort" });
    expect(set[4]).toEqual({ stack: "client", key: "egressGateway", value: "dedicated" });
  });

  test("list the scenarios in the help", () => {
    expect(USAGE).toMatch(/^ {4}rotate-leaf {13}replaces the key/m);
  });

  test.each([
    [["--nonsense"], "--nonsense"],
    [["--json"], "--json"],
    [["stray"], "stray"],
    [["--images", "offical"], '--images: must be built or official (got "offical")'],
    [["--scenario", "rotate"], "--scenario: must be one of default, nodeport-shared-egress, "],
    [["--scenario", "monitoring"], "published images only: add --images official"],
    [["--scenario", "toString"], '(got "toString")'],
    [["--set", "novalue"], "--set novalue: must be KEY=VALUE"],
    [["--set", "other:key=1"], "--set other:key=1: must be KEY=VALUE"],
    [["--json", ""], "--json: must be a file name"],
    [["--report", ""], "--report: must be a folder name"],
    [["--set", "gke.project=x"], "--set gke.project=x: must be KEY=VALUE"],
    [["--set", "server:clients=[{"], "--set server:clients=[{: a value that starts with [ or {"],
    [["--set", "cluster=gke"], "--set cluster: the lab sets cluster itself"],
    [["--set", "server:kubeconfig=/x"], "the lab sets kubeconfig itself"],
    [["--set", "kubeContext=x"], "the lab sets kubeContext itself"],
    [["--set", "client:role=server"], "the lab sets role itself"],
  ])("%j is rejected by name", (args, message) => {
    expect(() => parseFlags(args, "/")).toThrow(message);
  });
});
