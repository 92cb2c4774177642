import { describe, expect, it } from "vitest";

import { beyondRenewal } from "../../../scripts/renewal-only";

const urn = (type: string, name = "x") => `urn:pulumi:server::istio-mtls::${type}::${name}`;
const LEAF = urn(
  "mtls:index:CertHierarchy$mtls:index:GatewayLeaf$tls:index/locallySignedCert:LocallySignedCert",
);
const ROOT = urn(
  "mtls:index:CertHierarchy$mtls:index:RootCa$tls:index/selfSignedCert:SelfSignedCert",
);
const SECRET = urn("mtls:index:ServerIngressMtls$kubernetes:core/v1:Secret");
const step = (op: string, of: string) => ({ op, urn: of });

describe("beyondRenewal", () => {
  it("finds nothing in a preview without changes", () => {
    expect(beyondRenewal({})).toEqual([]);
    expect(beyondRenewal({ steps: [step("same", ROOT), step("read", ROOT)] })).toEqual([]);
  });

  it("lets leaves and intermediates be replaced, and their Secrets updated", () => {
    const steps = [
      step("same", ROOT),
      step("create-replacement", LEAF),
      step("update", SECRET),
      step("replace", LEAF),
      step("delete-replaced", LEAF),
    ];
    expect(beyondRenewal({ steps })).toEqual([]);
  });

  it.each([
    step("replace", ROOT),
    step("create", LEAF),
    step("delete", LEAF),
    step("replace", SECRET),
    step("create", SECRET),
    step("update", urn("kubernetes:apps/v1:Deployment")),
    step("update", urn("pulumi:providers:kubernetes")),
    step("update", urn("kubernetes:networking.istio.io/v1:Gateway")),
  ])("finds $op of $urn", (change) => {
    expect(beyondRenewal({ steps: [step("replace", LEAF), change] })).toEqual([change]);
  });
});
