import { describe, expect, test } from "vitest";

import { explainFailure } from "../../../../lab/prepare/explain-failure";

describe("the message of a failed build", () => {
  test.each([
    ["write /tmp/x: no space left on device", "The disk is full"],
    ["go: m@v1: Get https://proxy: dial tcp: lookup proxy: no such host", "could not be reached"],
    ["x: signal: killed", "out of memory"],
  ])("with %j says what to do", (line, advice) => {
    const message = explainFailure("go build of lab/tools", ["go: downloading a v1", "a/b", line]);

    expect(message).toMatch(/^go build of lab\/tools failed\.\n/);
    expect(message).toContain(advice);
    expect(message.split("\n").at(-1)).toBe(line);
    expect(message).not.toContain("downloading");
  });

  test("shows only the compiler's complaint if the code is wrong", () => {
    expect(explainFailure("go build", ["a/b", "./main.go:3:1: undefined: x"])).toBe(
      "go build failed.\n./main.go:3:1: undefined: x",
    );
  });
});
