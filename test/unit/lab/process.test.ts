import { readFileSync } from "node:fs";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { afterEach, beforeEach, describe, expect, test } from "vitest";

import { buildImageTable } from "../../../lab/cluster/image-table";
import { createTokens, formatKubeconfig, formatTokenFile } from "../../../lab/cluster/auth";
import { parseFlags } from "../../../lab/flags";
import { Child } from "../../../lab/process/child";
import { parsePss } from "../../../lab/process/peak-memory";
import { runCommand } from "../../../lab/process/run-command";
import { formatDuration, Steps } from "../../../lab/process/steps";
import { until } from "../../../lab/process/until";

describe("the flags of the lab", () => {
  test("have defaults", () => {
    expect(parseFlags([], "/here")).toEqual({
      keep: false,
      verbose: false,
      help: false,
      set: [],
      upgrade: false,
    });
  });

  test("are read, a file relative to where the user is", () => {
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
    [["--set", "novalue"], "--set novalue: write it as key=value"],
    [["--set", "other:key=1"], "--set other:key=1"],
    [["--json", ""], "--json: name a file"],
    [["--set", "gke.project=x"], "--set gke.project=x: write it as key=value"],
    [["--set", "server:clients=[{"], "--set server:clients=[{: the value begins like JSON"],
    [["--set", "cluster=gke"], "--set cluster=gke: the lab sets cluster itself"],
    [["--set", "server:kubeconfig=/x"], "the lab sets kubeconfig itself"],
    [["--set", "kubeContext=x"], "the lab sets kubeContext itself"],
    [["--set", "client:role=server"], "the lab sets role itself"],
  ])("%j are refused by name", (args, message) => {
    expect(() => parseFlags(args, "/")).toThrow(message);
  });
});

describe("a step", () => {
  function recorded(isTTY: boolean) {
    let text = "";
    const out = { isTTY, columns: 60, write: (chunk: string) => (text += chunk) !== "" };
    return { steps: new Steps({ out }), text: () => text };
  }

  test("is a line at its start and one at its end where there is no terminal", async () => {
    const { steps, text } = recorded(false);

    expect(await steps.run("network", () => Promise.resolve(7))).toBe(7);
    expect(text()).toMatch(/^ {2}… network\n {2}✓ network 0\.\d s\n$/);
    expect(steps.timings).toMatchObject([{ step: "network" }]);
  });

  test("that fails is marked, timed and passed on", async () => {
    const { steps, text } = recorded(false);

    await expect(steps.run("x", () => Promise.reject(new Error("broken")))).rejects.toThrow(
      "broken",
    );
    expect(text()).toContain("  ✗ x 0.");
    expect(steps.timings).toHaveLength(1);
  });

  test("tells on a terminal what it waits for, in one line that is erased again", async () => {
    const { steps, text } = recorded(true);
    await steps.run("cluster", async (step) => {
      step.reportWait("something with a name that is much longer than the line is");
      await until("drawn", () => text().includes("something") || undefined, { everyMs: 20 });
    });

    const lines = text().split("\n");
    expect(lines.some((line) => line.includes("waiting for something"))).toBe(true);
    expect(Math.max(...lines.map((line) => line.replace(/^\x1b\[1A\x1b\[J/, "").length))).toBe(59);
    expect(text().endsWith("\x1b[1A\x1b[J  ✓ cluster " + text().slice(-6))).toBe(true);
  });

  test("has a time that can be read", () => {
    expect([0, 1234, 99_940, 125_000].map(formatDuration)).toEqual([
      "0.0 s",
      "1.2 s",
      "99.9 s",
      "2 min 5 s",
    ]);
  });
});

describe("a process", () => {
  let folder: string;
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), "lab-test-"));
  });
  afterEach(async () => {
    await rm(folder, { recursive: true });
  });
  const start = (script: string) =>
    new Child({
      name: "sample",
      command: "sh",
      args: ["-c", script],
      log: join(folder, "sample.log"),
    });

  test("that ends ends the wait for it at once, with the end of its log", async () => {
    const child = start("echo first; echo last >&2; exit 3");
    const wait = until("never", () => undefined, { alive: [child], everyMs: 10 });

    await expect(wait).rejects.toThrow(
      /^sample ended with code 3\n {2}\| first\n {2}\| last\n\(log: .*sample\.log\)$/,
    );
  });

  test("that cannot be started says so", async () => {
    const child = new Child({
      name: "sample",
      command: "/no/such/program",
      args: [],
      log: join(folder, "sample.log"),
    });

    expect(await child.ended).toBe("ended with code 127");
    expect(readFileSync(child.log, "utf8")).toContain("/no/such/program");
  });

  test("that ignores a polite end is killed", async () => {
    const child = start('trap "" TERM; echo ready; while :; do sleep 0.05; done');
    await until("ready", () => readFileSync(child.log, "utf8").includes("ready") || undefined);

    await child.stop(50);

    expect(await child.ended).toBe("was ended by SIGKILL");
  });

  test("does not see the user's environment", async () => {
    process.env["HTTPS_PROXY"] = "http://proxy.example";
    const child = start("env");
    await child.ended;
    delete process.env["HTTPS_PROXY"];

    expect(readFileSync(child.log, "utf8")).not.toContain("PROXY");
  });

  test("wait over its time says what for, and the last reason", async () => {
    const wait = until("API server ready", () => Promise.reject(new Error("refused")), {
      deadlineMs: 20,
      everyMs: 5,
    });

    await expect(wait).rejects.toThrow("API server ready: not within 0.02 s: refused");
  });
});

test("a command that does not read its input is judged by how it ends", async () => {
  const input = "x".repeat(1 << 20);

  await expect(runCommand("sh", ["-c", "echo no >&2; exit 1"], { input })).rejects.toThrow("sh -c: no");
});

describe("the image table", () => {
  const images = buildImageTable({
    bin: "/tools",
    envoy: "/envoy/envoy",
    envoyBootstrap: "/istio/envoy_bootstrap.json",
  });
  const of = (match: string) => images.find((image) => image.match === match);

  test("has the proxy's programs where Istio's image has them", () => {
    expect(of("proxyv2")).toMatchObject({
      entrypoint: ["/usr/local/bin/pilot-agent"],
      files: {
        "/usr/local/bin/envoy": "/envoy/envoy",
        "/var/lib/istio/envoy/envoy_bootstrap_tmpl.json": "/istio/envoy_bootstrap.json",
      },
    });
  });

  test("starts each image with a file that it mounts, or with one of the host", () => {
    const missing = images.filter(({ entrypoint: [path], files }) => path && !files?.[path]);

    expect(images.map(({ match }) => match).sort()).toEqual([
      "coredns",
      "curl",
      "go-httpbin",
      "pilot",
      "proxyv2",
    ]);
    expect(missing).toEqual([]);
  });
});

describe("the users of a cluster", () => {
  test("have tokens of their own, in the form that the API server reads", () => {
    const tokens = createTokens();
    const lines = formatTokenFile(tokens).trimEnd().split("\n");

    expect(new Set(Object.values(tokens)).size).toBe(5);
    expect(lines[0]).toBe(`${tokens.admin},admin,admin,"system:masters"`);
    expect(lines[4]).toBe(`${tokens["lab:node"]},lab:node,lab:node,""`);
  });

  test("get a kubeconfig without a private key", () => {
    const text = formatKubeconfig({ cluster: "c", server: "https://s", caPem: "PEM", token: "secret" });

    expect(text).toContain("certificate-authority-data: UEVN\n");
    expect(text).toContain("token: secret\n");
    expect(text).not.toContain("client-key");
  });
});

test("proportional memory is read in bytes", () => {
  expect(parsePss("00400000-7fff [rollup]\nRss:  2048 kB\nPss:   1024 kB\nPss_Anon: 1 kB\n")).toBe(
    1 << 20,
  );
  expect(parsePss("")).toBe(0);
});
