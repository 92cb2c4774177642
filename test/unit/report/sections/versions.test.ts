import { expect, test } from "vitest";

import { versionsSection } from "../../../../report/sections/versions";
import { labData } from "../../../support/page-data";

test("each program has its version", () => {
  const { text } = versionsSection(labData).content;
  expect(text).toMatch(/scope="row">kubernetes<[\s\S]*<span>v1\.37\.2<\/span>/);
});
