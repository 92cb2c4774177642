import { expect, test } from "vitest";

import { formatDuration, formatGiB } from "../../../../lab/process/format";

test("a duration is readable", () => {
  expect([0, 1234, 99_940, 125_000].map(formatDuration)).toEqual([
    "0.0 s",
    "1.2 s",
    "99.9 s",
    "2 min 5 s",
  ]);
});

test("bytes are in GiB", () => {
  expect(formatGiB(2.5 * 2 ** 30)).toBe("2.50 GiB");
});
