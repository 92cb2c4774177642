import { describe, expect, test } from "vitest";

import { observabilitySettings } from "../../../../components/observability/settings";
import { wrongType } from "../../../../validation/messages";
import { formatPath, problemsOf } from "../../../../validation/problem";

const INSTALL = { prometheus: "install" };
const OPERATOR = { prometheus: "operator" };
const MANAGED = { prometheus: "managed" };

function messages(settings: unknown): string[] {
  const { error } = observabilitySettings.safeParse(settings, { error: wrongType });
  return error ? problemsOf(error).map((each) => `${formatPath(each.path)}: ${each.message}`) : [];
}

describe("a wrong setting gets one message", () => {
  test.each<[unknown, string]>([
    ["install", ': must be an object (got "install"): write keys with values'],
    [{}, "prometheus: is missing"],
    [{ kiali: true }, "prometheus: is missing"],
    [{ prometheus: "yes" }, 'prometheus: must be "install", "operator" or "managed" (got "yes")'],
    [{ ...INSTALL, kiali: "no" }, 'kiali: must be true or false (got "no")'],
    [
      { ...INSTALL, namespace: "Monitoring" },
      'namespace: must be a Kubernetes name (got "Monitoring"): use at most 63 lowercase letters, digits and hyphens, such as httpbin',
    ],
    [
      { ...OPERATOR, namespace: "a.b" },
      'namespace: must be a Kubernetes name (got "a.b"): use at most 63 lowercase letters, digits and hyphens, such as httpbin',
    ],
    [
      { ...OPERATOR, labels: { tier: 1 } },
      "labels.tier: must be a string (got 1): put it in quotation marks",
    ],
    [
      { ...INSTALL, prometheusCharts: "" },
      'prometheusCharts: must be a chart source (got ""): name a repository (https://…), a registry (oci://…) or a folder',
    ],
    [
      { ...INSTALL, prometheusVersion: "latest" },
      'prometheusVersion: must be a version (got "latest"): use three numbers, such as 1.31.0',
    ],
    [
      { ...INSTALL, prometheusValues: "a: b" },
      'prometheusValues: must be an object (got "a: b"): write keys with values',
    ],
    [
      { ...INSTALL, kialiCharts: 5 },
      "kialiCharts: must be a chart source (got 5): put it in quotation marks",
    ],
    [
      { ...INSTALL, kialiVersion: "2.27" },
      'kialiVersion: must be a version (got "2.27"): use three numbers, such as 1.31.0',
    ],
    [
      { ...INSTALL, kialiValues: [] },
      "kialiValues: must be an object (got a list): write keys with values",
    ],
    [{ ...INSTALL, grafana: true }, "grafana: is not a known key: remove it or correct its name"],
  ])("%j", (settings, message) => {
    expect(messages(settings)).toEqual([message]);
  });
});

describe("a setting of another choice is refused, even with its default value", () => {
  test.each<[object, string]>([
    [
      { ...OPERATOR, kiali: true },
      'kiali: has no effect with prometheus "operator" (got true): remove it, or set prometheus to "install"',
    ],
    [
      { ...INSTALL, labels: { release: "kube-prometheus-stack" } },
      'labels: has no effect with prometheus "install" (got an object): remove it, or set prometheus to "operator"',
    ],
    [
      { ...MANAGED, namespace: "monitoring" },
      'namespace: has no effect with prometheus "managed" (got "monitoring"): remove it, or set prometheus to "install" or "operator"',
    ],
    [
      { ...MANAGED, prometheusVersion: "88.5.3" },
      'prometheusVersion: has no effect with prometheus "managed" (got "88.5.3"): remove it, or set prometheus to "install"',
    ],
  ])("%j", (settings, message) => {
    expect(messages(settings)).toEqual([message]);
  });
});

test("several problems are reported together", () => {
  expect(messages({ ...OPERATOR, kiali: true, namespace: "", grafana: 1 })).toHaveLength(3);
});

describe("defaults", () => {
  test.each([
    [
      INSTALL,
      {
        kiali: true,
        namespace: "monitoring",
        prometheusCharts: "https://prometheus-community.github.io/helm-charts",
        prometheusVersion: "88.5.3",
        prometheusValues: {},
        kialiCharts: "https://kiali.org/helm-charts",
        kialiVersion: "2.27.0",
        kialiValues: {},
      },
    ],
    [OPERATOR, { namespace: "monitoring", labels: { release: "kube-prometheus-stack" } }],
    [MANAGED, {}],
  ])("%j gets only the defaults of its choice", (settings, defaults) => {
    expect(observabilitySettings.parse(settings)).toEqual({ ...settings, ...defaults });
  });

  test.each([INSTALL, OPERATOR, MANAGED])(
    "%j with its defaults is valid, because configuration and component both check it",
    (settings) => {
      const complete = observabilitySettings.parse(settings);
      expect(observabilitySettings.parse(complete)).toEqual(complete);
    },
  );
});
