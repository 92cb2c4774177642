import { expect, test } from "vitest";

import type { Result } from "../../../checks/check";
import { failures, renderTable, summary, wrap } from "../../../checks/runner/report";

const PASSED: Result = {
  id: 1,
  name: "plain HTTP from the client pod",
  expected: "200",
  observed: "200",
  pass: true,
  ms: 12,
};
const FAILED: Result = {
  id: 11,
  name: "a workload certificate of the server mesh",
  expected: 'alert "certificate unknown"',
  observed:
    "time-out: nothing within 10 s of the handshake, spiffe://server.test/ns/httpbin/sa/default",
  pass: false,
  ms: 10_003,
};
const SKIPPED: Result = {
  ...PASSED,
  id: 34,
  observed: "skipped: none",
  pass: false,
  skipped: true,
};

test("the table has a row for each check, and wraps what is long", () => {
  expect(renderTable([PASSED, FAILED, SKIPPED], 80)).toMatchInlineSnapshot(`
    "   id  check               expected                observed                   ms
    ─  ──  ──────────────────  ──────────────────────  ──────────────────────  ─────
    ✓   1  plain HTTP from     200                     200                        12
           the client pod
    ✗  11  a workload          alert "certificate      time-out: nothing       10003
           certificate of the  unknown"                within 10 s of the
           server mesh                                 handshake,
                                                       spiffe://server.test/n
                                                       s/httpbin/sa/default
    -  34  plain HTTP from     200                     skipped: none              12
           the client pod

    3 checks: 1 passed, 1 failed, 1 skipped
    "
  `);
});

test.each([60, 80, 120])("no line is longer than %i columns", (width) => {
  const table = renderTable([PASSED, FAILED, { ...FAILED, observed: "x".repeat(500) }], width);

  expect(Math.max(...table.split("\n").map(({ length }) => length))).toBeLessThanOrEqual(width);
});

test("nothing of what was observed is lost by wrapping", () => {
  const lines = wrap(FAILED.observed, 20);

  expect(lines.join("").replaceAll(" ", "")).toBe(FAILED.observed.replaceAll(" ", ""));
  expect(wrap("", 20)).toEqual([""]);
});

test("the closing line counts, and what was skipped is neither passed nor failed", () => {
  expect(summary([PASSED, FAILED, SKIPPED])).toBe("3 checks: 1 passed, 1 failed, 1 skipped");
  expect(summary([PASSED])).toBe("1 check: 1 passed");
  expect(failures([PASSED, FAILED, SKIPPED])).toEqual([FAILED]);
});
