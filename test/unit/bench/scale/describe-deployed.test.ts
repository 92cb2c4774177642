import { expect, test } from "vitest";

import type { DeployedSample } from "../../../../bench/scale/deployed";
import { describeDeployed, plotDeployed } from "../../../../bench/scale/describe-deployed";

/** A sample whose figures all differ. */
function sampleOf(services: number, clients: number): DeployedSample {
  let last = services;
  const next = () => (last += 1);
  const both = <T>(value: () => T) => ({ server: value(), client: value() });
  const time = () => ({ seconds: next(), processorSeconds: next() });
  const proxy = () => ({ memoryMiB: next(), configKiB: next() });
  return {
    services,
    clients,
    up: both(time),
    upAtOnce: both(time),
    unchanged: both(time),
    preview: both(time),
    istiod: both(() => ({
      processorSeconds: next(),
      memoryMiB: next(),
      collectP99: next(),
      pushP50: next(),
      pushP99: next(),
    })),
    changes: both(() => ({ seconds: [next(), next(), next()], processorMs: next() })),
    proxies: {
      "client sidecar": proxy(),
      "egress gateway": proxy(),
      "ingress gateway": proxy(),
      "server sidecar": proxy(),
    },
  };
}

const samples = [sampleOf(100, 1), sampleOf(100, 20), sampleOf(200, 20)];

test("each table has a row for each size, and as many figures as columns", () => {
  for (const { columns, rows } of describeDeployed(samples)) {
    expect(rows.map(([name]) => name)).toEqual(["100 × 1", "100 × 20", "200 × 20"]);
    for (const row of rows) expect(row).toHaveLength(columns.length);
  }
});

test("the figures of a size are in the order of the columns", () => {
  const [stacks, server, client, proxies] = describeDeployed(samples).map(({ rows }) => rows[0]);
  expect(stacks?.slice(1, 4)).toEqual(["101 / 102", "103 / 104", "105 / 106"]);
  expect(server?.slice(1)).toEqual(["117", "118", "119", "120 / 121", "128 / 129", "130"]);
  expect(client?.slice(1)).toEqual(["122", "123", "124", "125 / 126", "132 / 133", "134"]);
  expect(proxies?.slice(1, 3)).toEqual(["135", "136"]);
});

test("the plot has the sizes with the most clients, and the sum of both stacks", () => {
  const { categories, series } = plotDeployed(samples);
  expect(categories).toEqual(["100 services", "200 services"]);
  expect(series.map(({ name, values }) => [name, ...values])).toEqual([
    ["up", 204, 404],
    ["up that saves once", 212, 412],
    ["unchanged up", 220, 420],
    ["preview", 228, 428],
  ]);
});
