import { describe, expect, test } from "vitest";

import { requirements } from "../../../../checks/requirements";
import { checks } from "../../../../checks/suites";
import { checksSection } from "../../../../report/sections/checks";
import { labData, verifyData } from "../../../support/page-data";

describe("the checks", () => {
  const { text } = checksSection(labData).content;
  const groups = text.split('<div class="group">').slice(1);

  test("are all there, each once", () => {
    for (const { slug } of checks) {
      expect(text.split(`<code>${slug}</code>`)).toHaveLength(2);
    }
  });

  test("are grouped by what they defend, with the manner of refusal", () => {
    const group = groups.find((each) =>
      each.includes(`<h4>${requirements["certificate-required"].text}</h4>`),
    );
    expect(group).toContain("ingress-no-client-certificate");
    expect(group).toContain("alert &quot;certificate required&quot;");
    expect(group).not.toContain("ingress/self-signed");
  });

  test("have the number of each area", () => {
    const path = checks.filter(({ slug }) => slug.startsWith("path/")).length;
    expect(text).toContain(`The request <span class="muted">${path} passed</span>`);
  });

  test("that failed show what was expected, and what they defend", () => {
    const failed = checksSection(verifyData).content.text;
    const [first] = checks;
    expect(failed).toContain('<li id="path-plain-http" class="check failed">');
    expect(failed).toContain(`Expected: ${first?.expected}`);
    expect(failed).toContain(first?.threat);
    expect(text).not.toContain(first?.threat);
  });

  test("that were skipped have the reason, and no expectation", () => {
    const row = checksSection(verifyData)
      .content.text.split("<li ")
      .find((each) => each.includes('class="check skipped"'));
    expect(row).toContain("skipped: no reason");
    expect(row).not.toContain("Expected");
  });

  test("have no Markdown", () => {
    expect(text).not.toMatch(/`|\]\(/);
  });
});
