import { expect, test } from "vitest";

import { coverageOf } from "../../../checks/requirements";
import { checks } from "../../../checks/suites";

const coverage = coverageOf(checks);

test("each requirement is proved by a check or tested elsewhere", () => {
  const open = coverage.filter(
    ({ coveredBy, testedBy }) => coveredBy.length === 0 && testedBy === undefined,
  );
  expect(open.map(({ key }) => key)).toEqual([]);
});

test("each check proves one requirement of the list", () => {
  expect(coverage.flatMap(({ coveredBy }) => coveredBy).sort()).toEqual(
    checks.map(({ slug }) => slug).sort(),
  );
});
