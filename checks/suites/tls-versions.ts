import type { SecureVersion } from "node:tls";

import { testCertificates } from "../toolkit/certificates/test-certificates";
import { type Check, saw } from "../check";
import { type Otherwise, probeIngress } from "../toolkit/ingress-probe";
import type { Meshes } from "../meshes";
import { describeRefusal, isRefused, type Refusal } from "../toolkit/probe/refusal";
import { describeResult } from "../toolkit/probe/result";

/** OpenSSL offers what is this old only when it is asked not to think about security. */
const OLD = "DEFAULT@SECLEVEL=0";
/** Suites that encrypt and authenticate in two steps. */
const NOT_AEAD =
  "ECDHE-ECDSA-AES128-SHA256:ECDHE-ECDSA-AES256-SHA384:ECDHE-ECDSA-AES128-SHA:ECDHE-ECDSA-AES256-SHA";

const TOO_OLD: Refusal = { alert: "protocol version" };

/** TLS versions and suites that the ingress gateway takes from an admitted client, and that it does not. */
export const tlsVersions: readonly Check[] = [
  version(3, "TLS 1.2", only("TLSv1.2"), ({ minTlsVersion }) =>
    minTlsVersion === "1.2" ? "TLSv1.2" : TOO_OLD,
  ),
  version(3, "TLS 1.3", only("TLSv1.3"), () => "TLSv1.3"),
  version(16, "TLS 1.1", only("TLSv1.1", OLD), () => TOO_OLD),
  version(16, "TLS 1.2 without AEAD", only("TLSv1.2", NOT_AEAD), ({ minTlsVersion }) =>
    minTlsVersion === "1.2" ? { alert: "handshake failure" } : TOO_OLD,
  ),
];

/** A check that a way to connect is taken over that protocol, or refused in that way. */
function version(
  id: number,
  name: string,
  otherwise: Otherwise,
  wanted: (meshes: Meshes) => SecureVersion | Refusal,
): Check {
  return {
    id,
    name,
    expected(meshes) {
      const want = wanted(meshes);
      return typeof want === "string" ? `200 over ${want}` : describeRefusal(want);
    },
    async run({ meshes, use }) {
      const { right } = await use(testCertificates);
      const result = await probeIngress(meshes, { ...otherwise, credential: right });
      const want = wanted(meshes);
      const asWanted =
        typeof want === "string"
          ? result.kind === "response" && result.status === 200 && result.protocol === want
          : isRefused(result, want);
      return saw(asWanted, describeResult(result));
    },
  };
}

function only(protocol: SecureVersion, ciphers?: string): Otherwise {
  return { minVersion: protocol, maxVersion: protocol, ciphers };
}
