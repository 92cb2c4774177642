import { execFileSync } from "node:child_process";
import {
  chmodSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { load, loadAll } from "js-yaml";
import { afterAll, beforeAll, describe, expect, it, vi } from "vitest";

import { overlap, parseCidr } from "../../../validation/cidr";
import { parseOptions } from "../../../checks/runner/options";
import { type ClientConfig, parseConfig, type ServerConfig } from "../../../config";
import { commandsIn } from "../../support/markdown-commands";
import { project } from "../../support/config";

/** Address that the stand-in of `docker inspect` gives the server's node. */
const NODE = "172.18.0.2";

/** Stand-ins of what the page calls: each notes its arguments, kind its configuration too. */
const NOTE = 'printf "%s %s\\n" "$(basename "$0")" "$*" >> "$HOME/called"';
const STAND_INS = {
  docker: `${NOTE}; echo ${NODE}`,
  kind: `${NOTE}; if [ "$1" = create ]; then echo --- >> "$HOME/kind.yaml"; cat >> "$HOME/kind.yaml"; fi`,
  kubectl: NOTE,
  npm: NOTE,
  openssl: `${NOTE}; echo 00`,
  pulumi: NOTE,
};

const home = mkdtempSync(join(tmpdir(), "docs-kind-"));
const called = () => readFileSync(join(home, "called"), "utf8").trim().split("\n");

/** Runs all that the page says, as a user who pastes it, in an empty folder. */
beforeAll(() => {
  const bin = join(home, "bin");
  mkdirSync(bin);
  for (const [name, script] of Object.entries(STAND_INS)) {
    writeFileSync(join(bin, name), `#!/bin/sh\n${script}\n`);
    chmodSync(join(bin, name), 0o755);
  }
  mkdirSync(join(home, ".kube"));
  const contexts = ["kind-server", "kind-client"].map((name) => ({ name }));
  writeFileSync(join(home, ".kube/config"), JSON.stringify({ clusters: [], contexts }));
  const script = commandsIn(readFileSync("docs/kind.md", "utf8")).join("\n");
  execFileSync("bash", ["--norc", "-euo", "pipefail", "-c", script], {
    cwd: home,
    stdio: ["ignore", "ignore", "inherit"],
    env: { PATH: `${bin}:/usr/bin:/bin`, HOME: home },
  });
  vi.stubEnv("HOME", home);
});

afterAll(() => {
  vi.unstubAllEnvs();
  rmSync(home, { recursive: true });
});

/** The stack's file as the page wrote it, parsed as the program parses it. */
function config(stack: string) {
  const written = load(readFileSync(join(home, `Pulumi.${stack}.yaml`), "utf8")) as {
    config: Record<string, unknown>;
  };
  const defaults = Object.entries(project.config)
    .filter(([, spec]) => spec.default !== undefined)
    .map(([key, spec]) => [`${project.name}:${key}`, spec.default]);
  const values = { ...(Object.fromEntries(defaults) as object), ...written.config };
  return parseConfig(
    project.name,
    Object.fromEntries(
      Object.entries(values).map(([key, value]) => [
        key,
        typeof value === "string" ? value : JSON.stringify(value),
      ]),
    ),
  );
}

describe("docs/kind.md", () => {
  it("creates two clusters, whose ranges do not overlap", () => {
    const clusters = loadAll(readFileSync(join(home, "kind.yaml"), "utf8")) as {
      kind: string;
      apiVersion: string;
      name: string;
      networking: { podSubnet: string; serviceSubnet: string };
      nodes: { role: string }[];
    }[];
    expect(clusters.map(({ name }) => name)).toEqual(["server", "client"]);
    for (const { kind, apiVersion, nodes } of clusters) {
      expect({ kind, apiVersion }).toEqual({
        kind: "Cluster",
        apiVersion: "kind.x-k8s.io/v1alpha4",
      });
      expect(nodes).toEqual([{ role: "control-plane" }]);
    }
    const ranges = clusters
      .flatMap(({ networking }) => [networking.podSubnet, networking.serviceSubnet])
      .map((range) => parseCidr(range) ?? { first: NaN, last: NaN, prefix: NaN });
    expect(ranges.every(({ first }) => Number.isInteger(first))).toBe(true);
    const clashes = ranges.filter((one, index) =>
      ranges.slice(index + 1).some((other) => overlap(one, other)),
    );
    expect(clashes).toEqual([]);
  });

  it("writes stack files that the program takes, and that fit together", () => {
    const server = config("kind-server") as ServerConfig;
    const client = config("kind-client") as ClientConfig;

    expect(server.role).toBe("server");
    expect(server.exposure).toEqual({ type: "NodePort", nodeAddress: NODE, nodePort: 30443 });
    expect(server.cluster).toMatchObject({ from: "kubeconfig", context: "kind-server" });
    expect(client.role).toBe("client");
    expect(client.cluster).toMatchObject({ from: "kubeconfig", context: "kind-client" });
    expect(client.serverStack).toBe("kind-server");
    expect(server.clients).toEqual([
      expect.objectContaining({
        name: client.clientName,
        trustDomain: client.trustDomain,
        namespace: client.namespace,
      }),
    ]);
  });

  it("calls the host that the server serves", () => {
    const { services } = config("kind-server") as ServerConfig;
    const request = called().find((call) => call.includes("curl"));
    expect(request).toContain(`http://${services[0]?.host ?? ""}/`);
  });

  it("asks for the node of the cluster that it made", () => {
    expect(called()).toContainEqual(
      expect.stringMatching(/^docker inspect .* server-control-plane$/),
    );
  });

  it("gives the checks no flag that they do not know", () => {
    const verify = called().find((call) => call.startsWith("npm run verify -- "));
    const [, , , , ...args] = verify?.split(/ +/) ?? [];
    expect(args.length).toBeGreaterThan(3);
    expect(parseOptions(args)).toMatchObject({ enforcesNetworkPolicy: true });
  });

  it("brings up the server first, and takes it down last", () => {
    const pulumi = called().filter((call) => /^pulumi (stack|up|destroy)/.test(call));
    expect(pulumi).toEqual([
      "pulumi stack init kind-server",
      "pulumi stack init kind-client",
      "pulumi up --stack kind-server --yes",
      "pulumi up --stack kind-client --yes",
      "pulumi destroy --stack kind-client --yes --remove",
      "pulumi destroy --stack kind-server --yes --remove",
    ]);
    expect(existsSync(join(home, "Pulumi.kind-server.yaml"))).toBe(true);
  });
});
