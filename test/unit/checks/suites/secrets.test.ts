import { generateKeyPairSync } from "node:crypto";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { expect, test } from "vitest";

import type { CheckContext } from "../../../../checks/check";
import { publicKeyOf, publicKeysOf } from "../../../../checks/suites/secrets/ca-keys";
import { gatewaySecrets } from "../../../../checks/suites/secrets/gateway-secrets";
import { privateKeys } from "../../../../checks/suites/secrets/private-keys";
import type { KubectlResult } from "../../../../checks/toolkit/kubectl";
import { createAuthority } from "../../../../checks/toolkit/pki/authority";
import { exportPrivateKey } from "../../../../checks/toolkit/pki/keys";
import { fakeContext, fakeKubectl, OK } from "../../../support/checks";

test("a gateway can read its own Secret, and others cannot", async () => {
  const forbidden = { ...OK, code: 1, stderr: "Error from server (Forbidden): secrets …" };
  const observe = (owner: KubectlResult, other: KubectlResult) =>
    gatewaySecrets[0]?.run(
      fakeContext(
        fakeKubectl([
          ["--as=system:serviceaccount:gw:istio-gateway", owner],
          ["--as=", other],
        ]).run,
      ),
    );

  expect(await observe(OK, forbidden)).toEqual({ pass: true, observed: "Forbidden" });
  expect(await observe(OK, OK)).toEqual({ pass: false, observed: "gw:default can read it" });
  expect(await observe(OK, { ...OK, code: 1, stderr: "no such host" })).toMatchObject({
    pass: false,
  });
  expect(await observe(forbidden, forbidden)).toMatchObject({ pass: false });
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
