import { describe, expect, test } from "vitest";

import type { GkeSettings } from "../../../../components/gke/settings";
import { recordCluster } from "./recorded-cluster";

describe("the location", () => {
  test.each<[Partial<GkeSettings>, object]>([
    [{}, { location: "europe-west1-b" }],
    [{ zones: ["europe-west1-c"] }, { location: "europe-west1-c" }],
    [
      { zones: ["europe-west1-c", "europe-west1-d"] },
      { location: "europe-west1-c", nodeLocations: ["europe-west1-d"] },
    ],
    [{ locationType: "regional" }, { location: "europe-west1" }],
    [
      { locationType: "regional", zones: ["europe-west1-b", "europe-west1-c"] },
      { location: "europe-west1", nodeLocations: ["europe-west1-b", "europe-west1-c"] },
    ],
  ])("%j", async (settings, expected) => {
    const inputs = (await recordCluster(settings)).cluster;
    const { location, nodeLocations } = inputs;

    expect({ location, ...(nodeLocations !== undefined && { nodeLocations }) }).toEqual(expected);
  });
});
