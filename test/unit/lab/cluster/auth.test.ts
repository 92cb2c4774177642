import { describe, expect, test } from "vitest";

import { createTokens, formatKubeconfig, formatTokenFile } from "../../../../lab/cluster/auth";

describe("the users of a cluster", () => {
  test("have different tokens, in the format that the API server reads", () => {
    const tokens = createTokens();
    const lines = formatTokenFile(tokens, "n").trimEnd().split("\n");

    expect(new Set(Object.values(tokens)).size).toBe(6);
    expect(lines[0]).toBe(`${tokens.admin},admin,admin,"system:masters"`);
    expect(lines[4]).toBe(`${tokens["system:node"]},system:node:n,system:node:n,"system:nodes"`);
  });

  test("have a kubeconfig without a private key", () => {
    const text = formatKubeconfig({
      cluster: "c",
      server: "https://s",
      caPem: "PEM",
      token: "secret",
    });

    expect(text).toContain("certificate-authority-data: UEVN\n");
    expect(text).toContain("token: secret\n");
    expect(text).not.toContain("client-key");
  });
});
