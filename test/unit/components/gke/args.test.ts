import { describe, expect, test } from "vitest";

import { GkeCluster } from "../../../../components/gke/gke-cluster";
import { Network } from "../../../../components/gke/network";
import { ArgsError } from "../../../../validation/args";
import { formatPath } from "../../../../validation/problem";
import { named, record } from "../../../support/record";
import { minimal } from "./recorded-cluster";

/** What a component that is made in TypeScript says about its arguments, and what it registers before. */
async function attempt(create: () => unknown) {
  let thrown: unknown;
  const resources = await record(() => {
    try {
      create();
    } catch (error) {
      thrown = error;
    }
  });
  const problems = thrown instanceof ArgsError ? thrown.problems : [];
  const messages = problems.map(({ path, message }) => `${formatPath(path)}: ${message}`);
  return { resources, thrown, messages };
}

const cluster = (args: object = {}, name = "server") =>
  attempt(() => new GkeCluster(name, { ...minimal, ...args }));
const network = (args: object = {}, name = "net") =>
  attempt(() => new Network(name, { ...minimal, ...args }));

describe("a cluster with wrong arguments", () => {
  const wrong = {
    region: "Mars",
    minNodes: 9,
    zones: "b",
    spot: "yes",
    secretsKey: "mine",
    nodes: 3,
    network: "default",
    reserveIngressAddress: 1,
  };

  test("throws one error that names every wrong key, and registers nothing", async () => {
    const { resources, thrown, messages } = await cluster(wrong);

    expect(thrown).toBeInstanceOf(ArgsError);
    expect(messages.map((message) => message.split(":")[0]).sort()).toEqual([
      "minNodes",
      "network",
      "nodes",
      "region",
      "reserveIngressAddress",
      "secretsKey",
      "spot",
      "zones",
    ]);
    expect(resources).toEqual([]);
  });

  test("shows them in its message", async () => {
    const { thrown } = await cluster({ minNodes: 4 });

    expect(String(thrown)).toContain(
      'GkeCluster "server" has invalid arguments:\n  minNodes: must be at most maxNodes, 3 (got 4)',
    );
  });
});

describe("a cluster's name", () => {
  test("can be as long as a service account's ID allows", async () => {
    const { thrown, resources } = await cluster({}, "a".repeat(24));

    expect(thrown).toBeUndefined();
    const { accountId } = named(resources, `${"a".repeat(24)}-node-account`).inputs;
    expect(accountId).toHaveLength(30);
  });

  test("is refused when it is too long for the service account of the nodes", async () => {
    expect((await cluster({}, `${"a-".repeat(12)}a`)).messages).toEqual([
      `clusterName: must be set, because the component's name has more than 24 characters (got "${"a-".repeat(12)}a"): ` +
        "set clusterName, or shorten the name",
    ]);
  });

  test("can be longer when the cluster has its own name", async () => {
    expect((await cluster({ clusterName: "short" }, "a".repeat(27))).thrown).toBeUndefined();
  });

  test("is refused when it is too long for the node pool, with one message", async () => {
    expect((await cluster({ clusterName: "short" }, "a".repeat(28))).messages).toEqual([
      expect.stringMatching(/^name: must be a name of at most 27 lowercase letters/),
    ]);
    expect((await cluster({}, "a".repeat(28))).messages).toHaveLength(1);
  });

  test.each(["Server", "1server", "my_server", "server-"])(
    "%s is refused, because Google would refuse names made from it",
    async (name) => {
      expect((await cluster({}, name)).messages).toEqual([
        expect.stringMatching(/^name: must be a name of at most 27 lowercase letters/),
      ]);
    },
  );
});

describe("a network", () => {
  test("with wrong arguments throws one error that names every wrong key", async () => {
    const { resources, messages } = await network({
      region: "Mars",
      podsRange: "10.0.0.0/16",
      controlPlaneRange: "172.16.0.0/24",
      flowLogSampling: 2,
    });

    expect(messages.map((message) => message.split(":")[0]).sort()).toEqual([
      "controlPlaneRange",
      "flowLogSampling",
      "podsRange",
      "region",
    ]);
    expect(resources).toEqual([]);
  });

  test("accepts the settings of its cluster", async () => {
    expect((await network({ minNodes: 2, clusterName: "shop" })).thrown).toBeUndefined();
  });

  test("is refused when its name is too long for the ingress address", async () => {
    expect((await network({}, "a".repeat(39))).thrown).toBeUndefined();
    expect((await network({}, "a".repeat(40))).messages).toEqual([
      expect.stringMatching(/^name: must be a name of at most 39 lowercase letters/),
    ]);
  });
});
