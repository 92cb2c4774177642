import type { Check } from "../../check";
import { issue } from "../../toolkit/pki/leaf";
import { expectRefusal, UNKNOWN_CA } from "./certificate-refusal";

const REQUIRED = {
  requirement: "certificate-required",
  why: "Every client must authenticate with a certificate.",
  threat: "Anyone on the internet calls the service.",
  credential: () => Promise.resolve(undefined),
} as const;

const TRUSTED = {
  why: "Only certificates that chain to the shared root are accepted.",
  refusal: UNKNOWN_CA,
} as const;

/** No certificate, or one that does not chain to the root. Each differs from an admitted one in one point only. */
export const untrustedCertificates: readonly Check[] = [
  expectRefusal({
    ...REQUIRED,
    slug: "ingress/no-client-certificate",
    title: "no client certificate, TLS 1.3",
    refusal: { alert: "certificate required" },
    version: "TLSv1.3",
  }),
  expectRefusal({
    ...REQUIRED,
    slug: "ingress/no-client-certificate-tls12",
    title: "no client certificate, TLS 1.2",
    refusal: { alert: "handshake failure" }, // TLS 1.2 has no specific alert.
    version: "TLSv1.2",
  }),
  expectRefusal({
    ...TRUSTED,
    slug: "ingress/self-signed-certificate",
    title: "a self-signed certificate",
    requirement: "self-signed-refused",
    threat: "Anyone can create a certificate with an admitted client's names.",
    credential: ({ clientLeaf }) => issue(clientLeaf(), "itself"),
  }),
  expectRefusal({
    ...TRUSTED,
    slug: "ingress/other-ca",
    title: "a certificate of another CA",
    requirement: "other-ca-refused",
    threat: "An attacker's own CA issues a certificate with an admitted client's names.",
    credential: ({ clientLeaf, otherCa }) => issue(clientLeaf(), otherCa),
  }),
  expectRefusal({
    ...TRUSTED,
    slug: "ingress/missing-intermediate",
    title: "a leaf without its intermediate",
    requirement: "intermediate-required",
    threat: "A gateway that accepts an incomplete chain has not verified who signed the leaf.",
    credential: ({ clientLeaf, clientCa }) => issue(clientLeaf({ withIssuer: false }), clientCa),
  }),
];
