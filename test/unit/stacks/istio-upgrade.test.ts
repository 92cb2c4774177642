import { describe, expect, test } from "vitest";

import { DEFAULT_ISTIO_CHARTS } from "../../../components/istio/default-charts";
import { named, type Recorded } from "../../support/record";
import { recordClient, recordServer } from "../../support/stacks";
import { outliving } from "../../support/teardown";

const CANARY = { revision: "1-32-0", version: "1.32.0" };
/** The steps of docs/istio-upgrade.md. */
const steps = {
  beside: { istioCanary: CANARY },
  gateways: { istioCanary: { ...CANARY, serves: "gateways" } },
  everything: { istioCanary: { ...CANARY, serves: "everything" } },
  promoted: { istioRevision: "1-32-0", istioVersion: "1.32.0" },
};

const ends = {
  server: {
    recorded: recordServer,
    gateway: "istio-istio-ingressgateway-release",
    sample: "httpbin",
  },
  client: {
    recorded: recordClient,
    gateway: "istio-istio-egressgateway-release",
    sample: "test-pod",
  },
};

/** The revision of each part, as its resource has it. */
function revisions(resources: readonly Recorded[], { gateway, sample }: (typeof ends)["server"]) {
  return {
    controlPlanes: resources
      .filter(({ inputs }) => inputs["chart"] === "istiod")
      .map(
        ({ name, inputs: { name: release, version } }) =>
          `${name} ${String(release)} ${String(version)}`,
      ),
    crds: named(resources, "istio-base").inputs["version"],
    validator: read(named(resources, "istio-base").inputs, "values", "defaultRevision"),
    gateway: read(named(resources, gateway).inputs, "values", "revision"),
    gatewayVersion: named(resources, gateway).inputs["version"],
    namespace: read(named(resources, "application").inputs, "metadata", "labels", "istio.io/rev"),
    sample: read(
      named(resources, `${sample}-deployment`).inputs,
      ...["spec", "template", "metadata", "annotations", "istio.io/rev"],
    ),
  };
}

function read(value: unknown, ...path: string[]): unknown {
  return path.reduce((at, key) => (at as Record<string, unknown> | undefined)?.[key], value);
}

const VERSION = DEFAULT_ISTIO_CHARTS.version;
const OLD = `istio-istiod istiod ${VERSION}`;
const NEW = "istio-istiod-1-32-0 istiod-1-32-0 1.32.0";
const before = {
  controlPlanes: [OLD],
  crds: VERSION,
  validator: undefined,
  gateway: undefined,
  gatewayVersion: VERSION,
  namespace: "default",
  sample: "default",
};
const beside = { ...before, controlPlanes: [OLD, NEW], crds: "1.32.0" };
const gateways = { ...beside, gateway: "1-32-0", gatewayVersion: "1.32.0", namespace: "1-32-0" };
const everything = { ...gateways, sample: "1-32-0" };
const promoted = { ...everything, controlPlanes: [NEW], validator: "1-32-0" };

describe.each(Object.entries(ends))("Istio's upgrade of the %s's stack", (_end, end) => {
  test.each([
    ["before the upgrade", {}, before],
    ["a second control plane that configures no proxy", steps.beside, beside],
    ["gateways, and new pods of the application", steps.gateways, gateways],
    ["the samples too", steps.everything, everything],
    ["the new one replaces the old one, under the same name", steps.promoted, promoted],
  ])("%s", async (_step, settings, expected) => {
    const { resources } = await end.recorded(settings);
    expect(revisions(resources, end)).toEqual(expected);
  });

  test("both control planes have the same values", async () => {
    const { resources } = await end.recorded({
      ...steps.beside,
      istioValues: { istiod: { pilot: { env: { A: "b" } } } },
    });
    const values = (name: string) => named(resources, name).inputs["values"] as object;
    expect(values("istio-istiod-1-32-0")).toEqual({
      ...values("istio-istiod"),
      revision: "1-32-0",
    });
    expect(values("istio-istiod")).toMatchObject({ pilot: { env: { A: "b" } } });
  });

  test("everything with an Envoy is deleted before either control plane", async () => {
    const { resources } = await end.recorded(steps.gateways);
    for (const name of [end.gateway, `${end.sample}-deployment`]) {
      expect([...outliving(resources, name)]).toEqual(
        expect.arrayContaining(["istio-istiod", "istio-istiod-1-32-0"]),
      );
    }
  });
});

test("a canary may have its own chart source, and an older one does not change the CRDs", async () => {
  const { resources } = await recordServer({
    istioCanary: { revision: "older", version: "1.30.4", charts: "oci://mirror.example.com/istio" },
  });
  expect(named(resources, "istio-istiod-older").inputs).toMatchObject({
    chart: "oci://mirror.example.com/istio/istiod",
    version: "1.30.4",
  });
  expect(named(resources, "istio-base").inputs).toMatchObject({ version: VERSION });
});
