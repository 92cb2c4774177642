import { expect, test } from "vitest";

import { SAFE_RETRIES } from "../../../../components/mtls/safe-retries";

test("no condition repeats a request that an application may have processed", () => {
  const unprocessed = ["connect-failure", "refused-stream", "reset-before-request"];
  expect(SAFE_RETRIES.retryOn?.split(",").filter((each) => !unprocessed.includes(each))).toEqual(
    [],
  );
});
