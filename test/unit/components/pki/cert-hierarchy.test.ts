import { expect, test } from "vitest";

import { CertHierarchy } from "../../../../components/pki/cert-hierarchy";
import { record } from "../../../support/record";

const ARGS = {
  rootCommonName: "example.com",
  hosts: ["orders.example.com"],
  clients: [{ name: "partner" }],
};

test("the option protect protects every key, and no certificate: a protected one could not be renewed", async () => {
  const resources = await record(() => new CertHierarchy("certs", ARGS, { protect: true }));
  const held = resources.filter(({ options }) => options.protect);
  const names = held.filter(({ type }) => type.startsWith("tls:")).map(({ name }) => name);
  expect(names.sort()).toEqual([
    "certs-client-partner-ca-key",
    "certs-root-key",
    "certs-server-ca-key",
    "certs-server-leaf-key",
  ]);
});

test("protectRoot protects the root's key only", async () => {
  const resources = await record(() => new CertHierarchy("certs", { ...ARGS, protectRoot: true }));
  const held = resources.filter(({ options }) => options.protect);
  expect(held.map(({ name }) => name)).toEqual(["certs-root-key"]);
});
