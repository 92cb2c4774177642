import type { Check } from "../check";
import { refusedCertificate } from "../toolkit/ingress-probe";
import { issue } from "../toolkit/pki/leaf";
import type { Refusal } from "../toolkit/probe/refusal";

// The alerts are Envoy's on BoringSSL, the same with TLS 1.2 and 1.3 but for a certificate that is missing.
const UNKNOWN_CA: Refusal = { alert: "unknown ca" };
/** The chain is good, its names are not. */
export const WRONG_NAME: Refusal = { alert: "certificate unknown" };

const HOUR_MS = 3_600_000;

/** Certificates that the ingress gateway refuses, each right but for one thing. */
export const refusedCertificates: readonly Check[] = [
  refusedCertificate({
    id: 7,
    name: "no client certificate, TLS 1.3",
    refusal: { alert: "certificate required" },
    version: "TLSv1.3",
    credential: none,
  }),
  refusedCertificate({
    id: 7,
    name: "no client certificate, TLS 1.2",
    refusal: { alert: "handshake failure" }, // TLS 1.2 has no alert of its own for it
    version: "TLSv1.2",
    credential: none,
  }),
  refusedCertificate({
    id: 8,
    name: "a self-signed certificate",
    refusal: UNKNOWN_CA,
    credential: ({ clientLeaf }) => issue(clientLeaf(), "itself"),
  }),
  refusedCertificate({
    id: 9,
    name: "a certificate of another CA",
    refusal: UNKNOWN_CA,
    credential: ({ clientLeaf, otherCa }) => issue(clientLeaf(), otherCa),
  }),
  refusedCertificate({
    id: 10,
    name: "the right CA, a name not on the list",
    refusal: WRONG_NAME,
    credential: ({ clientLeaf, clientCa }) =>
      issue(clientLeaf({ dnsNames: ["stranger.invalid"] }), clientCa),
  }),
  refusedCertificate({
    id: 12,
    name: "a serverAuth-only certificate",
    refusal: { alert: "unsupported certificate" },
    credential: ({ clientLeaf, clientCa }) => issue(clientLeaf({ usage: "serverAuth" }), clientCa),
  }),
  refusedCertificate({
    id: 13,
    name: "the name as CN only, no SAN",
    refusal: WRONG_NAME,
    credential({ clientLeaf, clientCa }) {
      const [commonName = ""] = clientLeaf().dnsNames;
      return issue(clientLeaf({ commonName, dnsNames: [], uris: [] }), clientCa);
    },
  }),
  refusedCertificate({
    id: 14,
    name: "an expired certificate",
    refusal: { alert: "certificate expired" },
    credential: ({ clientLeaf, clientCa }) =>
      issue(clientLeaf({ notBefore: inHours(-2), notAfter: inHours(-1) }), clientCa),
  }),
  refusedCertificate({
    id: 14,
    name: "a certificate not yet valid",
    refusal: { alert: "certificate expired" }, // what BoringSSL says of either end
    credential: ({ clientLeaf, clientCa }) =>
      issue(clientLeaf({ notBefore: inHours(1), notAfter: inHours(2) }), clientCa),
  }),
  refusedCertificate({
    id: 15,
    name: "a leaf without its intermediate",
    refusal: UNKNOWN_CA,
    credential: ({ clientLeaf, clientCa }) => issue(clientLeaf({ withIssuer: false }), clientCa),
  }),
  refusedCertificate({
    id: 19,
    name: "an admitted name, the wrong identity",
    refusal: { status: 403 },
    credential({ clientLeaf, clientCa }) {
      const uris = clientLeaf().uris.map((uri) => uri.replace(/[^/]+$/, "stranger"));
      return issue(clientLeaf({ uris }), clientCa);
    },
  }),
];

function none(): Promise<undefined> {
  return Promise.resolve(undefined);
}

function inHours(hours: number): Date {
  return new Date(Date.now() + hours * HOUR_MS);
}
