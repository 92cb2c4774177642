import { describe, expect, test } from "vitest";

import { inspect } from "../../../../checks/suites/path/headers";

describe("headers that describe the client mesh", () => {
  const POD = "10.2.0.4";
  const NAT = "198.51.100.10";

  test("are absent when the application only gets the address that connected", () => {
    const received = { "X-Forwarded-For": [NAT], "X-Envoy-Attempt-Count": ["1"] };
    expect(inspect(received, POD)).toEqual({ pass: true, observed: `X-Forwarded-For: ${NAT}` });
  });

  test.each([
    [{ "X-Forwarded-For": [`${POD},${NAT}`] }, "the address of the pod"],
    [{ "X-Forwarded-For": ["192.0.2.1"] }, "the forged address"],
    [{ "X-Forwarded-For": [NAT], "X-Envoy-Peer-Metadata-Id": ["sidecar~…"] }, "Peer-Metadata"],
    [{ "X-Forwarded-For": [NAT], "X-Envoy-External-Address": [NAT] }, "External-Address"],
  ])("are reported: %o", (received, problem) => {
    expect(inspect(received, POD)).toEqual({
      pass: false,
      observed: expect.stringContaining(problem) as unknown,
    });
  });
});
