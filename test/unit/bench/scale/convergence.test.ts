import { expect, test } from "vitest";

import { parseConvergence, quantileBetween } from "../../../../bench/scale/convergence";

const metrics = (counts: readonly [number, number, number]) =>
  `# TYPE pilot_proxy_convergence_time histogram
pilot_proxy_convergence_time_bucket{le="0.1"} ${counts[0]}
pilot_proxy_convergence_time_bucket{le="0.5"} ${counts[1]}
pilot_proxy_convergence_time_bucket{le="+Inf"} ${counts[2]}
pilot_proxy_convergence_time_sum 3.5
pilot_proxy_convergence_time_count ${counts[2]}
`;

test("a quantile counts only what happened between two readings", () => {
  const before = parseConvergence(metrics([0, 100, 100]));
  const after = parseConvergence(metrics([98, 199, 200]));
  expect(quantileBetween(before, after, 0.5)).toBe(0.1);
  expect(quantileBetween(before, after, 0.99)).toBe(0.5);
  expect(quantileBetween(before, after, 1)).toBe(Number.POSITIVE_INFINITY);
});

test("no change has no quantile", () => {
  const same = parseConvergence(metrics([1, 1, 1]));
  expect(quantileBetween(same, same, 0.5)).toBeNaN();
});
