import { describe, expect, test } from "vitest";

import type { Settings } from "../../support/config";
import { named } from "../../support/record";
import { recordServer } from "../../support/stacks";

const [ONE, TWO] = ["certificate of certs-root-cert", "certificate of certs-root-2-cert"];
const BOTH = { trustedRoots: [1, 2] };

async function recordTrust(settings: Settings, previous?: Readonly<Record<string, unknown>>) {
  const { resources } = await recordServer(settings, previous);
  const cacerts = named(resources, "istio-cacerts").inputs["stringData"] as Record<string, string>;
  const credential = named(resources, "ingress-credential").inputs["stringData"];
  return { cacerts, credential };
}

test("the meshes trust all roots, and the one that signs comes first, so that istiod sees a change", async () => {
  const before = await recordTrust(BOTH);
  expect(before.cacerts["root-cert.pem"]).toBe(`${ONE}${TWO}`);
  expect(before.credential).toMatchObject({ "ca.crt": `${ONE}${TWO}` });
  const after = await recordTrust({ ...BOTH, signingRoot: 2 });
  expect(after.cacerts["root-cert.pem"]).toBe(`${TWO}${ONE}`);
  expect(after.cacerts["ca-cert.pem"]).toBe(
    "certificate of certs-server-ca-draft, signed by certs-root-2-cert",
  );
});

test("each root has its own subject, so that verifiers can tell them apart", async () => {
  const { resources } = await recordServer(BOTH);
  const subject = (name: string) => named(resources, name).inputs["subject"];
  expect(subject("certs-root-cert")).toEqual({
    commonName: "demodomain21.com",
    organization: "demodomain21.com",
  });
  expect(subject("certs-root-2-cert")).toEqual({
    commonName: "demodomain21.com",
    organization: "demodomain21.com",
    organizationalUnit: "root 2",
  });
});

test("each root has its own revocation list", async () => {
  const revoked = [{ issuer: "root", serial: "01" }];
  const { resources } = await recordServer({ ...BOTH, revoked });
  const clocks = resources.map(({ name }) => name).filter((name) => name.endsWith("-clock"));
  expect(clocks).toEqual(
    expect.arrayContaining(["certs-crl-root-clock", "certs-crl-root-2-clock"]),
  );
});

describe("the steps", () => {
  const state = (trustedRoots: readonly number[], signingRoot: number) => ({
    trustedRoots,
    signingRoot,
  });
  test.each([
    ["trust both", state([1], 1), state([1, 2], 1)],
    ["move", state([1, 2], 1), state([1, 2], 2)],
    ["drop the old one", state([1, 2], 2), state([2], 2)],
    ["go back before the move", state([1, 2], 1), state([1], 1)],
    ["go back after the move", state([1, 2], 2), state([1, 2], 1)],
    ["a server of an earlier version", { rootCertPem: "ROOT" }, state([1, 2], 1)],
    ["the first update", {}, state([2], 2)],
  ])("%s", async (_, previous, next) => {
    await expect(recordServer(next, previous)).resolves.toBeDefined();
  });

  test.each([
    [
      "move to a root that no mesh trusts yet",
      state([1], 1),
      state([1, 2], 2),
      /^signingRoot: must be a root that all meshes trust already, 1 \(got 2\): keep signingRoot 1, add 2 to trustedRoots, and update this stack and each client's first\./,
    ],
    [
      "drop the root that signs",
      state([1, 2], 1),
      state([2], 2),
      /^trustedRoots: must contain 1, under which the meshes have their certificates \(got 2\): keep it, and update this stack and each client's with signingRoot 2 first\./,
    ],
    [
      "forget the second root",
      state([2], 2),
      state([1], 1),
      /^signingRoot: must be a root that all meshes trust already, 2 \(got 1\)/,
    ],
    [
      "move on a server of an earlier version",
      { rootCertPem: "ROOT" },
      state([1, 2], 2),
      /^signingRoot: must be a root that all meshes trust already, 1 \(got 2\)/,
    ],
  ])("refused: %s", async (_, previous, next, message) => {
    await expect(recordServer(next, previous)).rejects.toThrow(message);
  });
});
