import { describe, expect, test } from "vitest";

import { describeLevers } from "../../../../bench/levers";
import { LEVERS } from "../../../../bench/levers/levers";
import type { PathSample } from "../../../../bench/path/measure";
import type { Kubectl } from "../../../../checks/toolkit/kubectl";
import { fakeContext, OK } from "../../../support/checks";

const sample = (perSecond: number, totalMs: number): PathSample => ({
  ...{
    requests: 100,
    seconds: 1,
    failed: 0,
    errors: [],
    p50Ms: 1,
    p90Ms: 2,
    p99Ms: 3,
    proxyMs: {},
  },
  perSecond,
  totalMs,
});

test("a lever is compared with the defaults right before it", () => {
  const { tables, plots } = describeLevers(
    new Map([
      [
        "no log",
        [
          { defaults: sample(100, 2), changed: sample(120, 1.8) },
          // Something else took half of the machine.
          { defaults: sample(50, 2), changed: sample(60, 1.8) },
        ],
      ],
    ]),
  );
  expect(tables[0]?.rows).toEqual([
    ["no log", "90.0 (60.0–120)", "1.20 (1.20–1.20)", "0.900 (0.900–0.900)", "1.00"],
  ]);
  expect(plots[0]?.series.map(({ values }) => values)).toEqual([[1.2], [0.9]]);
});

describe("a lever of the access logs", () => {
  const envoy = [{ name: "envoy" }];
  const filter = { expression: "response.code >= 400" };
  const list = {
    items: [
      {
        metadata: { name: "gateway", resourceVersion: "1" },
        spec: { accessLogging: [{ providers: envoy }] },
      },
      {
        metadata: { name: "sidecars", resourceVersion: "2" },
        spec: { accessLogging: [{ providers: envoy, filter }] },
      },
    ],
  };

  test.each([
    [
      "access logs of all requests in all four proxies",
      [{ providers: envoy }, { providers: envoy }],
    ],
    [
      "no access logs",
      [
        { providers: envoy, disabled: true },
        { providers: envoy, filter, disabled: true },
      ],
    ],
  ])(
    "changes the program's own objects in both meshes, and changes them back: %s",
    async (name, changed) => {
      const written: unknown[] = [];
      const run: Kubectl = (args, options) => {
        if (args[0] === "get") return Promise.resolve({ ...OK, stdout: JSON.stringify(list) });
        const { items } = JSON.parse(options?.stdin ?? "") as typeof list;
        written.push(
          items.map(({ metadata, spec: { accessLogging } }) => [metadata, accessLogging[0]]),
        );
        return Promise.resolve(OK);
      };
      const { meshes } = fakeContext(run);
      const lever = LEVERS.find((each) => each.name === name);
      await lever?.change(meshes);
      await lever?.undo(meshes);
      const names = [{ name: "gateway" }, { name: "sidecars" }];
      const then = names.map((metadata, index) => [metadata, changed[index]]);
      const before = names.map((metadata, index) => [
        metadata,
        list.items[index]?.spec.accessLogging[0],
      ]);
      expect(written).toEqual([then, then, before, before]);
    },
  );
});
