import { expect, test } from "vitest";

import { timingsSection } from "../../../../report/sections/timings";
import { labData, verifyData } from "../../../support/page-data";

test("the timings are absent without a lab", () => {
  expect(timingsSection(verifyData)).toBeUndefined();
});

test("the plot has the long steps, and the table all of them in the order of their starts", () => {
  const text = timingsSection(labData)?.content.text ?? "";
  const [wide = ""] = text.match(/<svg [\s\S]*?<\/svg>/g) ?? [];
  expect(wide).toContain("pulumi up server, 22.0 s");
  expect(wide).not.toContain("create the network");
  const steps = [...text.matchAll(/scope="row">([^<]+)/g)].map(([, step]) => step);
  expect(steps.slice(0, 2)).toEqual(["create the network", "start the server cluster"]);
  expect(steps).toHaveLength(5);
});
