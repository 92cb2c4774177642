import { expect, test } from "vitest";

import { parseVegeta } from "../../../../bench/load/vegeta";

/** What `vegeta report -type=json` prints. */
const report = JSON.stringify({
  latencies: {
    total: 4e9,
    mean: 2e6,
    "50th": 1_500_000,
    "90th": 4_000_000,
    "95th": 6e6,
    "99th": 21_500_000,
    max: 4e7,
    min: 5e5,
  },
  bytes_in: { total: 0, mean: 0 },
  duration: 1_990_000_000,
  wait: 10_000_000,
  requests: 1000,
  rate: 502.5,
  throughput: 490,
  success: 0.98,
  status_codes: { "0": 5, "200": 980, "503": 15 },
  errors: ["503 Service Unavailable"],
});

test("the report has the answers per second until the last one, and their latencies", () => {
  expect(parseVegeta(report, "200")).toEqual({
    requests: 1000,
    seconds: 2,
    perSecond: 490,
    p50Ms: 1.5,
    p90Ms: 4,
    p99Ms: 21.5,
    failed: 20,
    errors: ["503 Service Unavailable"],
  });
});

test("all answers with another status than the expected one have failed", () => {
  expect(parseVegeta(report, "403")).toMatchObject({ perSecond: 0, failed: 1000 });
});
