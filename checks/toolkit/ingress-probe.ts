import { type Bench, type Check, saw } from "../check";
import { testCertificates, type TestCertificates } from "./certificates/test-certificates";
import type { Meshes } from "../meshes";
import type { Credential } from "./pki/credential";
import { describeRefusal, isRefused, type Refusal } from "./probe/refusal";
import { describeResult, type ProbeResult } from "./probe/result";
import { tlsProbe, type TlsProbeRequest } from "./probe/tls-probe";

/** What a probe of the ingress gateway does otherwise than the egress gateway. */
export type Otherwise = Partial<Omit<TlsProbeRequest, "address" | "port" | "ca">>;

/** Calls the ingress gateway from outside both meshes. */
export function probeIngress(meshes: Meshes, otherwise: Otherwise): Promise<ProbeResult> {
  const [host] = meshes.hosts;
  return tlsProbe({
    ...meshes.ingress,
    ca: meshes.rootCertPem,
    serverName: host,
    host,
    path: "/headers",
    ...otherwise,
  });
}

/** A refusal by the ingress gateway. */
export interface IngressRefusal {
  readonly id: number;
  readonly name: string;
  readonly refusal: Refusal;
  /** The one TLS version to try. @default whichever both ends like best */
  readonly version?: "TLSv1.2" | "TLSv1.3";
  /** What is wrong with the client's certificate; undefined for none at all. */
  readonly credential: (
    certificates: TestCertificates,
    bench: Bench,
  ) => Promise<Credential | undefined>;
}

/**
 * A check that the ingress gateway refuses a certificate in just one way, while it takes the right certificate that comes in the
 * same way: else anything that is broken would look like a refusal.
 */
export function refusedCertificate(row: IngressRefusal): Check {
  const { refusal, version } = row;
  const otherwise = { minVersion: version, maxVersion: version };
  return {
    id: row.id,
    name: row.name,
    expected: describeRefusal(refusal),
    async run(bench) {
      if (version === "TLSv1.2" && bench.meshes.minTlsVersion !== "1.2") {
        return { skipped: "the gateway takes nothing below TLS 1.3" };
      }
      const certificates = await bench.use(testCertificates);
      const credential = await row.credential(certificates, bench);
      const result = await probeIngress(bench.meshes, { ...otherwise, credential });
      const control = await probeIngress(bench.meshes, {
        ...otherwise,
        credential: certificates.right,
      });
      if (control.kind !== "response" || control.status !== 200) {
        return saw(false, `the right certificate does not pass either: ${describeResult(control)}`);
      }
      return saw(isRefused(result, refusal), describeResult(result));
    },
  };
}
