import { describe, expect, test } from "vitest";

import { complaints } from "../../support/config";
import { named } from "../../support/record";
import { admitsShared, recordClient, recordServer } from "../../support/stacks";
import { outliving } from "../../support/teardown";

const providers = [{ name: "envoy" }];
const ends = {
  server: {
    record: recordServer,
    prefix: "server-ingress",
    label: "ingressgateway",
    namespace: "istio-ingress",
  },
  client: {
    record: recordClient,
    prefix: "server-egress",
    label: "egressgateway",
    namespace: "httpbin",
  },
};

describe.each(Object.entries(ends))("the access logs of the %s's mesh", (_end, end) => {
  test("have every request of the gateway", async () => {
    const { resources } = await end.record();
    expect(named(resources, "istio-access-log").inputs).toMatchObject({
      metadata: { name: `${end.prefix}-access-log`, namespace: end.namespace },
      spec: { selector: { matchLabels: { istio: end.label } }, accessLogging: [{ providers }] },
    });
    const { spec } = named(resources, "istio-access-log").inputs as {
      spec: { accessLogging: object[] };
    };
    expect(spec.accessLogging).toEqual([{ providers }]);
  });

  test("have failed requests only of the sidecars in the application's namespace", async () => {
    const { resources } = await end.record();
    expect(named(resources, "istio-sidecar-access-log").inputs).toMatchObject({
      metadata: { name: `${end.prefix}-sidecar-access-log`, namespace: "httpbin" },
    });
    expect(named(resources, "istio-sidecar-access-log").inputs["spec"]).toEqual({
      accessLogging: [
        { providers, filter: { expression: "response.flags != 0 || response.code >= 400" } },
      ],
    });
  });

  test("never miss a request of the gateway while the objects are created or deleted", async () => {
    const { resources } = await end.record();
    const before = outliving(resources, "istio-sidecar-access-log");
    expect([...before]).toEqual(expect.arrayContaining(["istio-access-log", "istio-istiod"]));
  });

  test("are those of the mesh's settings with sidecarAccessLogs all", async () => {
    const { resources } = await end.record({ sidecarAccessLogs: "all" });
    expect(resources.filter(({ type }) => type.endsWith(":Telemetry"))).toEqual([]);
  });
});

test("a shared egress gateway has its object in its namespace", async () => {
  const { resources } = await recordClient({ egressGateway: "shared" }, admitsShared);
  expect(named(resources, "istio-access-log").inputs["metadata"]).toMatchObject({
    namespace: "istio-system",
  });
  expect(named(resources, "istio-sidecar-access-log").inputs["metadata"]).toMatchObject({
    namespace: "httpbin",
  });
});

test.each(["server", "client"] as const)("%s: another value is refused", (stack) => {
  expect(complaints(stack, { sidecarAccessLogs: "none" })).toEqual([
    'istio-mtls:sidecarAccessLogs: must be "failed" or "all" (got "none")',
  ]);
});
