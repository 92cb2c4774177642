import { describe, expect, test } from "vitest";

import { findOtherChanges } from "../../../scripts/renewal-only";

const urn = (type: string, name = "x") => `urn:pulumi:server::istio-mtls::${type}::${name}`;
const LEAF = urn(
  "mtls:index:CertHierarchy$mtls:index:GatewayLeaf$tls:index/locallySignedCert:LocallySignedCert",
);
const ROOT = urn(
  "mtls:index:CertHierarchy$mtls:index:RootCa$tls:index/selfSignedCert:SelfSignedCert",
);
const CLOCK = "tls:index/selfSignedCert:SelfSignedCert";
const SECRET = urn("mtls:index:ServerIngressMtls$kubernetes:core/v1:Secret");
const step = (op: string, of: string) => ({ op, urn: of });

describe("findOtherChanges", () => {
  test("finds nothing in a preview without changes", () => {
    expect(findOtherChanges({})).toEqual([]);
    expect(findOtherChanges({ steps: [step("same", ROOT), step("read", ROOT)] })).toEqual([]);
  });

  test("ignores replaced leaves and intermediates, and updates of their Secrets", () => {
    const steps = [
      step("same", ROOT),
      step("create-replacement", LEAF),
      step("update", SECRET),
      step("replace", LEAF),
      step("delete-replaced", LEAF),
    ];
    expect(findOtherChanges({ steps })).toEqual([]);
  });

  test.each([
    ["the server's stack", urn(`mtls:index:CertHierarchy$${CLOCK}`, "certs-crl-root-clock")],
    ["a client's stack", urn(CLOCK, "client-crl-clock")],
  ])("ignores a renewed revocation list of %s", (_, clock) => {
    const steps = [
      step("create-replacement", clock),
      step("replace", clock),
      step("update", SECRET),
    ];
    expect(findOtherChanges({ steps })).toEqual([]);
  });

  test("finds a new revocation list", () => {
    const change = step("create", urn(CLOCK, "client-crl-clock"));
    expect(findOtherChanges({ steps: [change] })).toEqual([change]);
  });

  test.each([
    step("replace", ROOT),
    step("create", LEAF),
    step("delete", LEAF),
    step("replace", SECRET),
    step("create", SECRET),
    step("update", urn("kubernetes:apps/v1:Deployment")),
    step("update", urn("pulumi:providers:kubernetes")),
    step("update", urn("kubernetes:networking.istio.io/v1:Gateway")),
  ])("finds $op of $urn", (change) => {
    expect(findOtherChanges({ steps: [step("replace", LEAF), change] })).toEqual([change]);
  });
});
