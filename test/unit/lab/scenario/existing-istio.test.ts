import { expect, test } from "vitest";

import { parseSetFlag } from "../../../../lab/program/set-flag";
import { checkConfig } from "../../../../lab/program/check-config";
import { listSettings } from "../../../../lab/scenario/scenarios";

test("the program accepts the settings of existing-istio on both stacks", () => {
  expect(() => {
    checkConfig(".", listSettings("existing-istio").map(parseSetFlag));
  }).not.toThrow();
});
