import { expect, test } from "vitest";

import type { Result } from "../../../../checks/check";
import { failures, renderTable, summary, wrap } from "../../../../checks/runner/report";

const PASSED: Result = {
  slug: "path/plain-http",
  title: "plain HTTP from the client pod",
  expected: "200",
  observed: "200",
  pass: true,
  ms: 12,
};
const FAILED: Result = {
  slug: "ingress/server-workload-certificate",
  title: "a workload certificate of the server mesh",
  expected: 'alert "certificate unknown"',
  observed: "time-out after 10 s during the handshake, spiffe://server.test/ns/httpbin/sa/default",
  pass: false,
  ms: 10_003,
};
const SKIPPED: Result = {
  ...PASSED,
  slug: "secrets/no-key-leaked",
  observed: "skipped: none",
  pass: false,
  skipped: true,
};

test("the table has a row for each check, and wraps long texts", () => {
  expect(renderTable([PASSED, FAILED, SKIPPED], 80)).toMatchInlineSnapshot(`
    "   check                       expected              observed                 ms
    ─  ──────────────────────────  ────────────────────  ────────────────────  ─────
    ✓  path/plain-http             200                   200                      12
    ✗  ingress/server-workload-    alert "certificate    time-out after 10 s   10003
       certificate                 unknown"              during the
                                                         handshake,
                                                         spiffe://
                                                         server.test/ns/
                                                         httpbin/sa/default
    -  secrets/no-key-leaked       200                   skipped: none            12

    3 checks: 1 passed, 1 failed, 1 skipped
    What each check defends: docs/checks.md
    "
  `);
});

test.each([60, 80, 120])("no line is longer than %i columns", (width) => {
  const table = renderTable([PASSED, FAILED, { ...FAILED, observed: "x".repeat(500) }], width);

  expect(Math.max(...table.split("\n").map(({ length }) => length))).toBeLessThanOrEqual(width);
});

test("wrapping loses nothing of what was observed", () => {
  const lines = wrap(FAILED.observed, 20);

  expect(lines.join("").replaceAll(" ", "")).toBe(FAILED.observed.replaceAll(" ", ""));
  expect(wrap("", 20)).toEqual([""]);
});

test("the summary counts, and a skipped check has neither passed nor failed", () => {
  expect(summary([PASSED, FAILED, SKIPPED])).toBe("3 checks: 1 passed, 1 failed, 1 skipped");
  expect(summary([PASSED])).toBe("1 check: 1 passed");
  expect(failures([PASSED, FAILED, SKIPPED])).toEqual([FAILED]);
});

test("only a table with failures refers to the documentation", () => {
  expect(renderTable([PASSED, FAILED])).toContain("docs/checks.md");
  expect(renderTable([PASSED, SKIPPED])).not.toContain("docs/checks.md");
});
