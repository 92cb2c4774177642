import { expect, test } from "vitest";

import { parseSetFlag, selectForStack } from "../../../../lab/program/set-flag";

test("a value of --set is for the stack that it names, or for both", () => {
  const flags = ["namespace=shop", "client:testPod=true", "server:services=[]"].map(parseSetFlag);

  expect(selectForStack("server", flags)).toEqual({ namespace: "shop", services: [] });
  expect(selectForStack("client", flags)).toEqual({ namespace: "shop", testPod: "true" });
});
