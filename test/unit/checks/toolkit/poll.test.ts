import { expect, test } from "vitest";

import { poll } from "../../../../checks/toolkit/poll";

test("polls until a value is accepted", async () => {
  let attempts = 0;
  const value = await poll(
    () => ++attempts,
    (attempt) => attempt === 3,
    { timeoutMs: 10_000, intervalMs: 1 },
  );

  expect(value).toBe(3);
});

test("returns the last value when the time is up", async () => {
  let attempts = 0;
  const value = await poll(
    () => ++attempts,
    () => false,
    { timeoutMs: 10, intervalMs: 2 },
  );

  expect(value).toBe(attempts);
  expect(attempts).toBeGreaterThan(1);
});

test("an error of the probe ends the wait", async () => {
  const wait = poll(
    () => Promise.reject(new Error("broken")),
    () => false,
    { timeoutMs: 10_000, intervalMs: 1 },
  );

  await expect(wait).rejects.toThrow("broken");
});
