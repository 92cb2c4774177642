import { describe, expect, test } from "vitest";

import type { Check } from "../../../../checks/check";
import { inspect } from "../../../../checks/suites/path/headers";
import { sidecarLog } from "../../../../checks/suites/path/sidecar-log";
import type { Kubectl } from "../../../../checks/toolkit/kubectl";
import { answered, fakeContext, OK } from "../../../support/checks";

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

describe("the sidecar's access log", () => {
  const [check] = sidecarLog as readonly [Check];

  /** Runs the check in a mesh whose sidecar logs the requests with these statuses. */
  const observe = (logged: readonly number[], object: string, existingIstio = false) => {
    const lines: string[] = [];
    const run: Kubectl = (args) => {
      if (args[0] === "get") {
        const items = [{ metadata: { name: object } }];
        return Promise.resolve({ ...OK, stdout: JSON.stringify({ items }) });
      }
      if (args[0] === "logs") return Promise.resolve({ ...OK, stdout: lines.join("\n") });
      const url = args.find((each) => each.startsWith("http://")) ?? "";
      const status = url.includes("/status/404") ? 404 : 200;
      if (logged.includes(status)) lines.push(`"GET ${url} HTTP/1.1" ${status}`);
      return Promise.resolve(answered(status));
    };
    const { meshes } = fakeContext(run);
    return check.run(fakeContext(run, { client: { ...meshes.client, existingIstio } }));
  };
  const OBJECT = "server-egress-sidecar-access-log";

  test("must have the failed request, and not the one before it", async () => {
    expect(await observe([404], OBJECT)).toMatchObject({ pass: true });
    expect(await observe([200, 404], OBJECT)).toMatchObject({
      pass: false,
      observed: "404 and 200 in its access log",
    });
  });

  test("may have both if nothing filters it", async () => {
    expect(await observe([200, 404], "bench")).toEqual({ skipped: "sidecarAccessLogs is all" });
    expect(await observe([], OBJECT, true)).toEqual({
      skipped: "the existing Istio decides what sidecars log",
    });
  });
});
