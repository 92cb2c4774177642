import type { SecureVersion } from "node:tls";

import type { Check } from "../../check";
import type { Meshes } from "../../meshes";
import { testCertificates } from "../../toolkit/fixtures/test-certificates";
import { probeIngress, type ProbeOverrides } from "../../toolkit/probe/ingress";
import { describeRefusal, isRefused, type Refusal } from "../../toolkit/probe/refusal";
import { describeResult } from "../../toolkit/probe/result";

/** OpenSSL offers TLS 1.1 only at security level 0. */
const SECURITY_LEVEL_0 = "DEFAULT@SECLEVEL=0";
/** Cipher suites that encrypt and authenticate in two steps (CBC). */
const NOT_AEAD =
  "ECDHE-ECDSA-AES128-SHA256:ECDHE-ECDSA-AES256-SHA384:ECDHE-ECDSA-AES128-SHA:ECDHE-ECDSA-AES256-SHA";

const UNSUPPORTED_VERSION: Refusal = { alert: "protocol version" };

const WEAK = {
  requirement: "weak-tls-refused",
  why: "Only TLS versions and ciphers without known weaknesses are accepted.",
} as const;

/** TLS versions and ciphers that the ingress gateway accepts from an admitted client, and those that it refuses. */
export const tlsVersions: readonly Check[] = [
  expectTls({
    slug: "ingress/tls12",
    title: "TLS 1.2",
    requirement: "tls-versions",
    why: "Clients with TLS 1.2 can connect, unless `minTlsVersion` requires 1.3.",
    threat: "A changed default locks out clients, or ignores `minTlsVersion`.",
    expected: '200 over TLSv1.2; alert "protocol version" with `minTlsVersion` 1.3',
    offer: only("TLSv1.2"),
    outcome: ({ minTlsVersion }) => (minTlsVersion === "1.2" ? "TLSv1.2" : UNSUPPORTED_VERSION),
  }),
  expectTls({
    slug: "ingress/tls13",
    title: "TLS 1.3",
    requirement: "tls-versions",
    why: "Clients can use the newest version.",
    threat: "A wrong maximum forces all clients to an older version.",
    expected: "200 over TLSv1.3",
    offer: only("TLSv1.3"),
    outcome: () => "TLSv1.3",
  }),
  expectTls({
    ...WEAK,
    slug: "ingress/tls11",
    title: "TLS 1.1",
    expected: describeRefusal(UNSUPPORTED_VERSION),
    threat: "A client or an attacker falls back to TLS 1.1, which is deprecated (RFC 8996).",
    offer: only("TLSv1.1", SECURITY_LEVEL_0),
    outcome: () => UNSUPPORTED_VERSION,
  }),
  expectTls({
    ...WEAK,
    slug: "ingress/tls12-without-aead",
    title: "TLS 1.2 with ciphers without AEAD",
    expected: 'alert "handshake failure"; alert "protocol version" with `minTlsVersion` 1.3',
    threat: "Padding oracle attacks decrypt parts of CBC traffic.",
    offer: only("TLSv1.2", NOT_AEAD),
    outcome: ({ minTlsVersion }) =>
      minTlsVersion === "1.2" ? { alert: "handshake failure" } : UNSUPPORTED_VERSION,
  }),
];

interface TlsOffer extends Omit<Check, "run" | "expectedFor"> {
  /** Versions and ciphers that the client offers. */
  readonly offer: ProbeOverrides;
  /** The version over which the request passes, or how it is refused. */
  readonly outcome: (meshes: Meshes) => SecureVersion | Refusal;
}

/** Expects that an admitted client passes over a TLS version, or is refused in a certain manner. */
function expectTls({ offer, outcome, ...check }: TlsOffer): Check {
  return {
    ...check,
    expectedFor(meshes) {
      const wanted = outcome(meshes);
      return typeof wanted === "string" ? `200 over ${wanted}` : describeRefusal(wanted);
    },
    async run({ meshes, use }) {
      const { admitted } = await use(testCertificates);
      const result = await probeIngress(meshes, { ...offer, credential: admitted });
      const wanted = outcome(meshes);
      const pass =
        typeof wanted === "string"
          ? result.kind === "response" && result.status === 200 && result.protocol === wanted
          : isRefused(result, wanted);
      return { pass, observed: describeResult(result) };
    },
  };
}

function only(protocol: SecureVersion, ciphers?: string): ProbeOverrides {
  return { minVersion: protocol, maxVersion: protocol, ciphers };
}
