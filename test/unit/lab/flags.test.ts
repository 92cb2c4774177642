import { describe, expect, test } from "vitest";

import { parseFlags } from "../../../lab/flags";

describe("the flags of the lab", () => {
  test("have defaults", () => {
    expect(parseFlags([], "/here")).toEqual({
      keep: false,
      verbose: false,
      help: false,
      set: [],
      upgrade: false,
      images: "built",
    });
  });

  test("are parsed, with a file relative to the user's folder", () => {
    const args = ["--keep", "--json", "out.json", "--set", "client:a=c=d", "--set", "x=[1]"];

    expect(parseFlags(args, "/here")).toMatchObject({
      keep: true,
      json: "/here/out.json",
      set: [
        { stack: "client", key: "a", value: "c=d" },
        { key: "x", value: [1] },
      ],
    });
  });

  test.each([
    [["--nonsense"], "--nonsense"],
    [["--json"], "--json"],
    [["stray"], "stray"],
    [["--images", "offical"], '--images: must be built or official (got "offical")'],
    [["--set", "novalue"], "--set novalue: must be KEY=VALUE"],
    [["--set", "other:key=1"], "--set other:key=1: must be KEY=VALUE"],
    [["--json", ""], "--json: must be a file name"],
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
