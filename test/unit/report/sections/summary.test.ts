import { describe, expect, test } from "vitest";

import type { PageData } from "../../../../report/page-data";
import { renderSummary } from "../../../../report/sections/summary";
import { flatten } from "../../../support/flat-html";
import { labData, verifyData } from "../../../support/page-data";

const render = (data: PageData) => flatten(renderSummary(data).text);

describe("the summary", () => {
  test("says that all is well, with the figures of the lab", () => {
    const text = render(labData);
    expect(text).toContain('class="verdict good"');
    expect(text).toContain("Every check that ran has passed");
    expect(text).toMatch(/<dt>First response<\/dt><dd>66\.0 s</);
    expect(text).toMatch(/<dt>Requests during stories<\/dt><dd>1,800<span class="muted">3 failed/);
  });

  test("names the failed checks, with links to them", () => {
    const text = render(verifyData);
    expect(text).toContain('class="verdict bad"');
    expect(text).toContain(`1 of ${verifyData.checks.length} checks has failed`);
    expect(text).toContain('<a href="#path-plain-http">plain HTTP from the client pod</a>');
    expect(text).not.toContain("First response");
  });

  test("takes the next renewal of a certificate that an update renews", () => {
    expect(render(labData)).toMatch(/<dt>Next renewal<\/dt><dd>2030-03-01</);
    const roots = labData.certificates.filter(({ kind }) => kind === "root");
    const text = render({ ...labData, certificates: roots });
    expect(text).not.toContain("Next renewal");
  });

  test("is bad if no check ran", () => {
    const text = render({ ...labData, checks: [] });
    expect(text).toContain('class="verdict bad"');
    expect(text).toContain("No check has run");
  });
});
