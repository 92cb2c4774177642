import { readFileSync } from "node:fs";

import { expect, test } from "vitest";

import { dashboard } from "../../../../components/observability/dashboard";

interface Dashboard {
  readonly panels: readonly {
    readonly fieldConfig: { readonly defaults: { readonly thresholds: { steps: object[] } } };
  }[];
}

const LIFETIMES = { rootHours: 87_600, intermediateHours: 8_760, leafHours: 2_160 };
const source = readFileSync("components/observability/dashboard.json", "utf8");
const parsed = (lifetimes: typeof LIFETIMES) => JSON.parse(dashboard(lifetimes)) as Dashboard;

test("with the default lifetimes, it is the file that users can import by hand", () => {
  expect(JSON.parse(dashboard(LIFETIMES))).toEqual(JSON.parse(source));
});

test("its certificate panels change color when the alerts fire", () => {
  const [leaf, intermediate, root, ...others] = parsed({
    rootHours: 7_200,
    intermediateHours: 720,
    leafHours: 72,
  }).panels;
  const colors = (soonSeconds: number, overdueSeconds: number) => [
    { color: "red", value: null },
    { color: "orange", value: soonSeconds },
    { color: "green", value: overdueSeconds },
  ];
  expect(leaf?.fieldConfig.defaults.thresholds.steps).toEqual(colors(21_600, 64_800));
  expect(intermediate?.fieldConfig.defaults.thresholds.steps).toEqual(colors(216_000, 648_000));
  expect(root?.fieldConfig.defaults.thresholds.steps).toEqual(colors(2_160_000, 6_480_000));
  expect(others).toEqual(parsed(LIFETIMES).panels.slice(3));
});
