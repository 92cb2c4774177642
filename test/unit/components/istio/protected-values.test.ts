import { expect, test } from "vitest";

import { istioValues } from "../../../../components/istio/istio-values";
import { formatPath, problemsOf } from "../../../../validation/problem";

function problemsIn(values: unknown): readonly string[] {
  const { error } = istioValues.safeParse(values);
  return error
    ? problemsOf(error).map(({ path, message }) => `${formatPath(path)}: ${message}`)
    : [];
}

const replaced = (path: string, value: string) =>
  `${path}: must be an object (got ${value}): it would replace all of the program's own values. Remove it`;

test.each<[object, string | RegExp]>([
  [{ istiod: { meshConfig: null } }, replaced("istiod.meshConfig", "null")],
  [{ istiod: { meshConfig: "a: b" } }, replaced("istiod.meshConfig", '"a: b"')],
  [{ istiod: { meshConfig: [] } }, replaced("istiod.meshConfig", "a list")],
  [
    { istiod: { meshConfig: { outboundTrafficPolicy: null } } },
    replaced("istiod.meshConfig.outboundTrafficPolicy", "null"),
  ],
  [
    { istiod: { meshConfig: { outboundTrafficPolicy: { mode: "ALLOW_ANY" } } } },
    /^istiod\.meshConfig\.outboundTrafficPolicy\.mode: must not be changed \(got "ALLOW_ANY"\): .*add a ServiceEntry/,
  ],
  [
    { istiod: { meshConfig: { outboundTrafficPolicy: { mode: null } } } },
    /outboundTrafficPolicy\.mode: must not be changed \(got null\)/,
  ],
  [
    { istiod: { meshConfig: { trustDomain: "cluster.local" } } },
    /^istiod\.meshConfig\.trustDomain: must not be changed \(got "cluster\.local"\): .*set trustDomain$/,
  ],
  [
    { istiod: { meshConfig: { defaultConfig: null } } },
    replaced("istiod.meshConfig.defaultConfig", "null"),
  ],
  [
    {
      istiod: {
        meshConfig: { defaultConfig: { proxyMetadata: { ISTIO_META_DNS_CAPTURE: "false" } } },
      },
    },
    /ISTIO_META_DNS_CAPTURE: must not be changed \(got "false"\)/,
  ],
  [{ istiod: { revision: "x" } }, /^istiod\.revision: must not be changed .*set istioRevision$/],
  [{ base: { global: { istioNamespace: "istio" } } }, /^base\.global\.istioNamespace: /],
  [{ gateway: { labels: { istio: "other" } } }, /^gateway\.labels\.istio: must not be changed/],
  [{ gateway: { labels: null } }, replaced("gateway.labels", "null")],
  [{ gateway: { serviceAccount: { name: "x" } } }, /^gateway\.serviceAccount\.name: /],
  [
    { gateway: { service: { type: "LoadBalancer" } } },
    /^gateway\.service\.type: must not be changed \(got "LoadBalancer"\): .*set ingressType/,
  ],
])("%j is refused with one message", (values, message) => {
  const expected: unknown = typeof message === "string" ? message : expect.stringMatching(message);
  expect(problemsIn(values)).toEqual([expected]);
});

test("everything else is the user's, and so are the program's own values", () => {
  const values = {
    base: { enableCRDTemplates: true },
    istiod: {
      meshConfig: {
        accessLogFile: null,
        outboundTrafficPolicy: { mode: "REGISTRY_ONLY" },
        defaultConfig: { proxyMetadata: { ISTIO_META_DNS_CAPTURE: "true", OTHER: "x" } },
      },
      global: { logging: { level: "default:info" } },
    },
    gateway: { labels: { team: "a" }, service: { annotations: {} }, replicaCount: 2 },
  };
  expect(problemsIn(values)).toEqual([]);
});
