import { expect, test } from "vitest";

import { until } from "../../../../lab/process/until";

test("a wait that takes too long names the condition and the last error", async () => {
  const wait = until("API server ready", () => Promise.reject(new Error("refused")), {
    deadlineMs: 20,
    everyMs: 5,
  });

  await expect(wait).rejects.toThrow("API server ready: not within 0.02 s: refused");
});
