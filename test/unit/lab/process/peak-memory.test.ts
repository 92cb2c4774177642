import { expect, test } from "vitest";

import { parsePss } from "../../../../lab/process/peak-memory";

test("the proportional set size is parsed in bytes", () => {
  expect(parsePss("00400000-7fff [rollup]\nRss:  2048 kB\nPss:   1024 kB\nPss_Anon: 1 kB\n")).toBe(
    1 << 20,
  );
  expect(parsePss("")).toBe(0);
});
