import { findIssuers, kindOf, namesOf } from "../runner/certificate-tree";
import type { x509 } from "../toolkit/pki/x509";
import { type RenewalState, renewalOf } from "./renewal";

/** A certificate, as `--json` writes it. */
export interface ReportedCertificate {
  /** Common name, or names, of the certificate. */
  readonly name: string;
  readonly kind: "root" | "intermediate" | "leaf";
  /** Serial number (hexadecimal). */
  readonly serial: string;
  /** Subject of the issuer. */
  readonly issuer: string;
  /** Serial number of the issuer, if it is in the list and another certificate. */
  readonly issuerSerial?: string;
  /** Start and end of the validity (ISO 8601). */
  readonly notBefore: string;
  readonly notAfter: string;
  /** The first `pulumi up` from this time on renews it (ISO 8601). A root is renewed by hand. */
  readonly renewalFrom: string;
  readonly state: RenewalState;
}

/** What is known of each certificate, each once, in the order of its next renewal. */
export async function reportCertificates(
  certificates: readonly x509.X509Certificate[],
  now: Date,
): Promise<readonly ReportedCertificate[]> {
  return [...(await findIssuers(certificates))]
    .map(([certificate, issuer]) => {
      const { state, from } = renewalOf(certificate, now);
      return {
        name: namesOf(certificate),
        kind: kindOf(certificate),
        serial: serialOf(certificate),
        issuer: certificate.issuer,
        ...(issuer && { issuerSerial: serialOf(issuer) }),
        notBefore: certificate.notBefore.toISOString(),
        notAfter: certificate.notAfter.toISOString(),
        renewalFrom: from.toISOString(),
        state,
      };
    })
    .sort((a, b) => a.renewalFrom.localeCompare(b.renewalFrom));
}

const serialOf = ({ serialNumber }: x509.X509Certificate) => serialNumber.toLowerCase();

/** What to do about each state. */
const ADVICE: Readonly<Record<RenewalState, string>> = {
  valid: "",
  due: "the next `pulumi up` renews it",
  overdue: "no `pulumi up` has renewed it: run it, and see why the regular renewal did not",
  expired: "requests between the meshes fail: run `pulumi up` on the server, then on the client",
};
/** An update renews no root by itself. */
const ROOT_ADVICE = "plan a new root (docs/security.md)";

/** When each certificate is renewed, as text for a terminal. */
export function renderRenewals(reported: readonly ReportedCertificate[]): string {
  const width = Math.max(...reported.map(({ name }) => name.length));
  const lines = reported.map((certificate) => {
    const { name, state, renewalFrom } = certificate;
    return `  ${renewalFrom.slice(0, 10)}  ${state.padEnd(7)}  ${name.padEnd(width)}  ${advise(certificate)}`.trimEnd();
  });
  return ["Renewal from:", ...lines].join("\n");
}

/** What to do about a certificate; empty if nothing. */
export function advise({ kind, state }: Pick<ReportedCertificate, "kind" | "state">): string {
  return kind === "root" && state !== "valid" ? ROOT_ADVICE : ADVICE[state];
}
