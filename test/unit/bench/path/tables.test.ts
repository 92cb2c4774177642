import { expect, test } from "vitest";

import type { PathSample } from "../../../../bench/path/measure";
import { describePath } from "../../../../bench/path/tables";
import { DEPLOYED, DIRECT, STATIC } from "../../../../bench/path/ways";

const sample = (perSecond: number, milliseconds?: number): PathSample => ({
  ...{ requests: 100, seconds: 1, failed: 0, errors: [], p50Ms: 1, p90Ms: 2, p99Ms: 3 },
  proxyMs: milliseconds === undefined ? {} : { "egress gateway": milliseconds },
  perSecond,
  totalMs: milliseconds ?? 0,
});

const measured = {
  title: "32 connections",
  samples: new Map([
    [DEPLOYED, [sample(600, 2), sample(300, 2)]],
    [STATIC, [sample(1000, 1), sample(500, 1)]],
    [DIRECT, [sample(5000), sample(2500)]],
  ]),
};

test("ratios are to the static chain in the same repeat", () => {
  const { tables } = describePath({ saturation: [measured], rates: [], bodies: [] });
  const rows = tables[0]?.rows ?? [];
  expect(
    rows.map(([name, , requests, , , , , , processor]) => [name, requests, processor]),
  ).toEqual([
    ["32 connections, deployed", "0.600", "2.00"],
    ["32 connections, static chain", "", ""],
    ["32 connections, direct", "5.00", ""],
  ]);
});

test("the requests that one processor serves follow from a proxy's time per request", () => {
  const { tables } = describePath({ saturation: [measured], rates: [], bodies: [] });
  expect(tables.at(-1)?.rows[1]).toEqual(["egress gateway", "2.00", "1.00", "500"]);
});
