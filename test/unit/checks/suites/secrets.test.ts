import { generateKeyPairSync } from "node:crypto";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { describe, expect, test } from "vitest";

import type { CheckContext } from "../../../../checks/check";
import { publicKeyOf, publicKeysOf } from "../../../../checks/suites/secrets/ca-keys";
import { foreignAccounts } from "../../../../checks/suites/secrets/foreign-accounts";
import { privateKeys } from "../../../../checks/suites/secrets/private-keys";
import { createAuthority } from "../../../../checks/toolkit/pki/authority";
import { exportPrivateKey } from "../../../../checks/toolkit/pki/keys";
import { fakeContext, fakeKubectl, OK } from "../../../support/checks";

describe("only a gateway reads its Secret", () => {
  const forbidden = { ...OK, code: 1, stderr: "Error from server (Forbidden): secrets …" };
  const accounts = {
    items: ["default", "web", "istio-gateway"].map((name) => ({ metadata: { name } })),
  };
  const kubectl = (...answers: Parameters<typeof fakeKubectl>[0]) =>
    fakeKubectl([
      ...answers,
      ["serviceaccounts", { ...OK, stdout: JSON.stringify(accounts) }],
      ["--as=system:serviceaccount:gw:istio-gateway", OK],
      ["--as=", forbidden],
      ["cacerts", OK],
    ]);
  const caIsForbidden = ["cacerts --as=", forbidden] as const;
  const listIsForbidden = ["get secrets istio-system --as=", forbidden] as const;
  const observe = (check: number, ...answers: Parameters<typeof fakeKubectl>[0]) =>
    foreignAccounts[check]?.run(fakeContext(kubectl(...answers).run));

  test("passes when every other account gets Forbidden", async () => {
    const { run, calls } = kubectl();
    expect(await foreignAccounts[0]?.run(fakeContext(run))).toEqual({
      pass: true,
      observed: "Forbidden for 6 accounts",
    });
    for (const account of ["gw:default", "gw:web", "app:istio-gateway", "default:default"]) {
      expect(calls.join("\n")).toContain(`--as=system:serviceaccount:${account}`);
    }
  });

  test.each([
    ["reads it", "get secret gateway-credential --as=system:serviceaccount:app:web"],
    ["lists it", "get secrets --as=system:serviceaccount:app:web"],
  ])("fails when another account %s", async (_, command) => {
    expect(await observe(0, [command, OK])).toEqual({
      pass: false,
      observed: "app:web can read it",
    });
  });

  test("fails when a refusal has another reason, or the gateway cannot read it", async () => {
    const broken = { ...OK, code: 1, stderr: "no such host" };
    expect(await observe(0, ["--as=system:serviceaccount:app:web", broken])).toMatchObject({
      pass: false,
      observed: "no such host",
    });
    expect(
      await observe(0, ["--as=system:serviceaccount:gw:istio-gateway", forbidden]),
    ).toMatchObject({ pass: false });
  });

  test("and no account of gateways and applications reads a CA's Secret", async () => {
    expect(await observe(2, caIsForbidden, listIsForbidden)).toEqual({
      pass: true,
      observed: "Forbidden for 16 accounts",
    });
    expect(
      await observe(
        2,
        ["get secret cacerts --as=system:serviceaccount:gw:istio-gateway", OK],
        caIsForbidden,
        listIsForbidden,
      ),
    ).toMatchObject({ pass: false });
    const absent = { ...OK, code: 1, stderr: "NotFound" };
    expect(await observe(2, ["cacerts", absent])).toMatchObject({ pass: false });
  });
});

test("finds the public key of each private key in a string, and no certificate", async () => {
  const root = await createAuthority("root.test");
  const key = await exportPrivateKey(root.privateKey);

  expect(publicKeysOf(`before\n${key}\nafter`)).toEqual([publicKeyOf(root.certificate)]);
  expect(publicKeysOf(root.certificate.toString("pem"))).toEqual([]);
  expect(publicKeysOf("-----BEGIN PRIVATE KEY-----\nnone\n-----END PRIVATE KEY-----")).toEqual([]);
});

test("the search fails on a key, passes without one, and is skipped without artifacts", async () => {
  const folder = mkdtempSync(join(tmpdir(), "private-keys-"));
  writeFileSync(join(folder, "clean.log"), "nothing here");
  const { privateKey } = generateKeyPairSync("ec", { namedCurve: "P-256" });
  const pem = privateKey.export({ format: "pem", type: "sec1" }).toString();
  const run = (artifacts?: object) =>
    privateKeys[0]?.run({ meshes: { artifacts } } as never as CheckContext);

  expect(await run()).toEqual({ skipped: "no file or folder to search" });
  expect(await run([{ name: "run", path: folder }])).toEqual({
    pass: true,
    observed: "none in 1 files",
  });
  expect(await run([{ name: "text", text: pem }])).toMatchObject({ pass: false });
  expect(await run([])).toMatchObject({ pass: false });
  rmSync(folder, { recursive: true });
});
