import { expect, test } from "vitest";

import {
  countOf,
  haveAcknowledged,
  parseCounters,
  quantileBetween,
} from "../../../../bench/scale/istiod";

const histogram = (metric: string, counts: readonly [number, number, number]) =>
  `# TYPE ${metric} histogram
${metric}_bucket{le="0.1"} ${counts[0]}
${metric}_bucket{le="0.5"} ${counts[1]}
${metric}_bucket{le="+Inf"} ${counts[2]}
${metric}_sum 3.5
${metric}_count ${counts[2]}
`;

const pushes = (counts: readonly [number, number, number]) =>
  parseCounters(histogram("pilot_proxy_convergence_time", counts)).push;

test("a quantile counts only what happened between two readings", () => {
  const before = pushes([0, 100, 100]);
  const after = pushes([98, 199, 200]);
  expect(quantileBetween(before, after, 0.5)).toBe(0.1);
  expect(quantileBetween(before, after, 0.99)).toBe(0.5);
  expect(quantileBetween(before, after, 1)).toBe(Number.POSITIVE_INFINITY);
});

test("no change has no quantile", () => {
  const same = pushes([1, 1, 1]);
  expect(quantileBetween(same, same, 0.5)).toBeNaN();
});

test("istiod's counters are told apart, and the refusals of all types are added", () => {
  const counters = parseCounters(
    histogram("pilot_debounce_time", [1, 2, 3]) +
      histogram("pilot_proxy_convergence_time", [4, 5, 6]) +
      `# TYPE pilot_total_xds_rejects counter
pilot_total_xds_rejects{type="cds"} 2
pilot_total_xds_rejects{type="lds"} 1
`,
  );
  expect(countOf(counters.collect)).toBe(3);
  expect(countOf(counters.push)).toBe(6);
  expect(counters.refused).toBe(3);
});

test("an istiod that has counted nothing yet has zeros", () => {
  const { push, refused } = parseCounters("");
  expect(countOf(push)).toBe(0);
  expect(refused).toBe(0);
});

const proxy = (cluster: string, acked: string | undefined) => ({
  proxy: "a.b",
  resources: {
    Cluster: { sent: cluster, ...(acked !== undefined && { acked }) },
    Listener: { sent: "1", acked: "1" },
  },
});

test.each([
  ["all types of all proxies", [proxy("1", "1"), proxy("2", "2")], true],
  ["not the newest of one proxy", [proxy("1", "1"), proxy("2", "1")], false],
  ["never", [proxy("1", undefined)], false],
  ["no proxy is connected", [], false],
])("acknowledged: %s", (_, proxies, expected) => {
  expect(haveAcknowledged(proxies)).toBe(expected);
});
