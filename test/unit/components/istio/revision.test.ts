import { describe, expect, test } from "vitest";

import {
  defaultRevisionValues,
  istiodName,
  newestCharts,
  revisionValues,
} from "../../../../components/istio/revision";

const revision = (name: string, version = "1.31.0") => ({
  name,
  charts: { source: "oci://charts.example.com", version },
});

test("the unnamed revision has no name in releases and values", () => {
  expect(istiodName(revision("default"))).toBe("istiod");
  expect(revisionValues(revision("default"))).toEqual({});
  expect(defaultRevisionValues(revision("default"))).toEqual({});
});

test("a named revision has its name in releases and values", () => {
  expect(istiodName(revision("1-32-0"))).toBe("istiod-1-32-0");
  expect(revisionValues(revision("1-32-0"))).toEqual({ revision: "1-32-0" });
  expect(defaultRevisionValues(revision("1-32-0"))).toEqual({ defaultRevision: "1-32-0" });
});

describe("of two versions, the newer is", () => {
  test.each([
    ["1.31.0", "1.32.0"],
    ["1.9.0", "1.10.0"],
    ["1.32.0-rc.0", "1.32.0"],
    ["1.32.0-rc.0", "1.32.0-rc.1"],
    ["1.9.0", "1.10.0-rc.0"],
  ])("not %s, but %s", (older, newer) => {
    expect(newestCharts([revision("a", older), revision("b", newer)]).version).toBe(newer);
    expect(newestCharts([revision("a", newer), revision("b", older)]).version).toBe(newer);
  });
});
