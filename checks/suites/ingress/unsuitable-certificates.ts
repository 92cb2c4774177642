import type { Check } from "../../check";
import { issue } from "../../toolkit/pki/leaf";
import { POLICY_DENIED } from "../../toolkit/probe/refusal";
import { expectRefusal, UNKNOWN_NAME } from "./certificate-refusal";

const HOUR_MS = 3_600_000;

const NAMES = {
  why: "A certificate of the shared root is not enough: its names decide who is admitted.",
} as const;
const VALIDITY = {
  requirement: "validity-checked",
  why: "A certificate is good only between its two dates.",
  refusal: { alert: "certificate expired" }, // BoringSSL's alert for both dates.
} as const;

/** Certificates of the client mesh's own CA. Each differs from an admitted one in one point only. */
export const unsuitableCertificates: readonly Check[] = [
  expectRefusal({
    ...NAMES,
    slug: "ingress/name-not-admitted",
    title: "a DNS name that is not on the list",
    requirement: "unknown-name-refused",
    threat: "Any client mesh of the shared root calls the service without being admitted.",
    refusal: UNKNOWN_NAME,
    credential: ({ clientLeaf, clientCa }) =>
      // The client's CA may sign any subdomain of the client's name.
      issue(clientLeaf({ dnsNames: [`stranger.${clientLeaf().dnsNames[0] ?? ""}`] }), clientCa),
  }),
  expectRefusal({
    ...NAMES,
    slug: "ingress/common-name-only",
    title: "the name as common name only, no SAN",
    requirement: "san-required",
    threat:
      "A CA that verifies SANs but not common names lets anyone claim an admitted client's name.",
    refusal: UNKNOWN_NAME,
    credential({ clientLeaf, clientCa }) {
      const [commonName = ""] = clientLeaf().dnsNames;
      return issue(clientLeaf({ commonName, dnsNames: [], uris: [] }), clientCa);
    },
  }),
  expectRefusal({
    ...NAMES,
    slug: "ingress/wrong-identity",
    title: "an admitted DNS name, another identity",
    requirement: "identity-required",
    threat: "Another workload with a certificate for the gateway's DNS name acts as the gateway.",
    refusal: POLICY_DENIED,
    credential({ clientLeaf, clientCa }) {
      const uris = clientLeaf().uris.map((uri) => uri.replace(/[^/]+$/, "stranger"));
      return issue(clientLeaf({ uris }), clientCa);
    },
  }),
  expectRefusal({
    slug: "ingress/server-certificate",
    title: "a certificate for servers only (serverAuth)",
    requirement: "server-certificate-refused",
    why: "A certificate is good only for its own end of the connection.",
    threat: "A stolen server certificate is used to call the service as a client.",
    refusal: { alert: "unsupported certificate" },
    credential: ({ clientLeaf, clientCa }) => issue(clientLeaf({ usage: "serverAuth" }), clientCa),
  }),
  expectRefusal({
    ...VALIDITY,
    slug: "ingress/expired-certificate",
    title: "an expired certificate",
    threat: "A certificate that leaked, or belongs to a retired client, works forever.",
    credential: ({ clientLeaf, clientCa }) =>
      issue(clientLeaf({ notBefore: inHours(-2), notAfter: inHours(-1) }), clientCa),
  }),
  expectRefusal({
    ...VALIDITY,
    slug: "ingress/certificate-not-yet-valid",
    title: "a certificate that is not yet valid",
    threat: "A certificate that was issued for later use works before its time.",
    credential: ({ clientLeaf, clientCa }) =>
      issue(clientLeaf({ notBefore: inHours(1), notAfter: inHours(2) }), clientCa),
  }),
];

function inHours(hours: number): Date {
  return new Date(Date.now() + hours * HOUR_MS);
}
