import { afterAll, beforeAll, describe, expect, test } from "vitest";

import { checks } from "../../checks/suites";
import { searchForKeys } from "../../checks/toolkit/key-search";
import { buildLabConfig } from "../../lab/program/lab-config";
import { SCENARIOS, type ScenarioName } from "../../lab/scenario/scenarios";
import { STORIES } from "../../lab/scenario/stories";
import { jobs } from "../support/workflows";
import { type ImageRegistry, startImageRegistry } from "./image-registry";
import { type LabRun, runLab } from "./run-lab";

interface Variant {
  /** In the order in which their stories are told. */
  readonly scenarios: readonly ScenarioName[];
  /** Whether the lab pulls its images, by digest, as `--images official` does. */
  readonly pull?: true;
}

// The registry has the lab's own images, and they need these values.
const { istioValues } = buildLabConfig("", "built");

/** Every scenario that is not left to the nightly workflow. Stories share a lab, because a lab takes minutes. */
const variants: readonly Variant[] = [
  {
    scenarios: [
      "default",
      "rotate-leaf",
      "rotate-intermediate",
      "revoke",
      "revoke-live",
      "grpc",
      "rotate-root",
    ],
  },
  { scenarios: ["signing-request", "upgrade-istio"] },
  { scenarios: ["nodeport-shared-egress", "callers"], pull: true },
];

test("a variant or the nightly workflow runs each scenario", () => {
  const nightly = jobs.flatMap(([, { strategy }]) => strategy?.matrix["scenario"] ?? []);
  const all = [...variants.flatMap(({ scenarios }) => scenarios), ...nightly];
  expect(all.sort()).toEqual(Object.keys(SCENARIOS).sort());
});

describe.each(variants)("$scenarios", ({ scenarios, pull }) => {
  let lab: LabRun;
  let registry: ImageRegistry | undefined;
  beforeAll(async () => {
    if (pull) registry = await startImageRegistry();
    lab = await runLab(
      [
        ...scenarios.flatMap((name) => ["--scenario", name]),
        ...(pull
          ? ["--images", "official", "--set", `istioValues=${JSON.stringify(istioValues)}`]
          : []),
      ],
      registry && { LAB_IMAGE_REGISTRY: registry.address },
    );
  });
  afterAll(() => registry?.stop());

  test("the lab succeeds, from up to destroy", () => {
    expect(lab.code, lab.output).toBe(0);
  });

  test("the page has the path, and no key", async () => {
    const { page = "", report } = lab;
    expect(report?.path).toHaveProperty("hops");
    expect(page).toContain("Every check that ran has passed");
    expect((await searchForKeys([{ name: "page", text: page }])).problems).toEqual([]);
    expect(page).not.toContain("-----BEGIN");
  });

  if (pull) {
    test("the pods run the images of the registry", () => {
      expect(lab.report?.images).toEqual(registry?.digests);
    });
  }

  const stories = scenarios.filter((name) => name in STORIES);
  test.each(stories)("no request fails in any phase of %s", (name) => {
    const load = lab.report?.stories.find(({ scenario }) => scenario === name)?.load ?? [];
    expect(load.length).toBeGreaterThan(1);
    for (const phase of load) {
      expect(phase).toMatchObject({ failed: 0 });
      expect(phase.requests, phase.phase).toBeGreaterThan(20);
    }
  });

  test.each(checks.map(({ slug }) => slug))("%s", (slug) => {
    const result = lab.report?.checks.find((each) => each.slug === slug);
    expect(result, lab.output).toMatchObject({ pass: true });
  });
});
