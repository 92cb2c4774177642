import { expect, test } from "vitest";

import { parseRequiredVersion } from "../../../../lab/prepare/go-mod";

test("a version is read from go.mod, whether the module is required directly or not", () => {
  const goMod =
    "module m\n\nrequire example.com/a v1.2.3\n\nrequire (\n\texample.com/b v0.1.0 // indirect\n)\n";

  expect(parseRequiredVersion(goMod, "example.com/a")).toBe("v1.2.3");
  expect(parseRequiredVersion(goMod, "example.com/b")).toBe("v0.1.0");
  expect(() => parseRequiredVersion(goMod, "example.com")).toThrow(
    "go.mod must require example.com: run go get example.com",
  );
});
