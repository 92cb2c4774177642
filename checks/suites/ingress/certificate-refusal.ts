import type { Check, CheckContext } from "../../check";
import { testCertificates, type TestCertificates } from "../../toolkit/fixtures/test-certificates";
import type { Credential } from "../../toolkit/pki/credential";
import { probeIngress } from "../../toolkit/probe/ingress";
import { describeRefusal, isRefused, type Refusal } from "../../toolkit/probe/refusal";
import { describeResult } from "../../toolkit/probe/result";

// These alerts are Envoy's with BoringSSL. Except for a missing certificate, they are the same in TLS 1.2 and 1.3.

/** The certificate does not chain to the trust anchor. */
export const UNKNOWN_CA: Refusal = { alert: "unknown ca" };
/** The certificate chains to the trust anchor, but its names are not admitted. */
export const UNKNOWN_NAME: Refusal = { alert: "certificate unknown" };

/** A certificate that the ingress gateway must refuse. */
export interface CertificateRefusal extends Omit<Check, "expected" | "expectedFor" | "run"> {
  readonly refusal: Refusal;
  /**
   * The refusal in these meshes, if it depends on them.
   *
   * @default `refusal`
   */
  readonly refusalFor?: (meshes: CheckContext["meshes"]) => Refusal;
  /**
   * The TLS version that the client offers.
   *
   * @default 1.2 and 1.3
   */
  readonly version?: "TLSv1.2" | "TLSv1.3";
  /** Creates the client's certificate. Undefined sends none. */
  readonly credential: (
    certificates: TestCertificates,
    context: CheckContext,
  ) => Promise<Credential | undefined>;
}

/**
 * Expects that the ingress gateway refuses a certificate in exactly one manner. An admitted certificate must pass over the
 * same connection settings. Otherwise a broken gateway would look like a refusal.
 */
export function expectRefusal(row: CertificateRefusal): Check {
  const {
    refusal,
    refusalFor = () => refusal,
    version,
    credential: createCredential,
    ...check
  } = row;
  const versions = { minVersion: version, maxVersion: version };
  return {
    ...check,
    expected: describeRefusal(refusal),
    expectedFor: (meshes) => describeRefusal(refusalFor(meshes)),
    async run(context) {
      const { meshes, use } = context;
      if (version === "TLSv1.2" && meshes.minTlsVersion !== "1.2") {
        return { skipped: "the ingress gateway requires TLS 1.3" };
      }
      const certificates = await use(testCertificates);
      const credential = await createCredential(certificates, context);
      const result = await probeIngress(meshes, { ...versions, credential });
      const control = await probeIngress(meshes, {
        ...versions,
        credential: certificates.admitted,
      });
      if (control.kind !== "response" || control.status !== 200) {
        return {
          pass: false,
          observed: `an admitted certificate is refused as well: ${describeResult(control)}`,
        };
      }
      return { pass: isRefused(result, refusalFor(meshes)), observed: describeResult(result) };
    },
  };
}
