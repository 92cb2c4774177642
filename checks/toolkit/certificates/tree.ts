import { type KeyObject, X509Certificate } from "node:crypto";

const DAY_MS = 86_400_000;

/**
 * The certificates of PEM bundles as a tree for people: each under the one that signed it, with its names and how long
 * it is good for.
 */
export function certificateTree(bundles: readonly string[], now = new Date()): string {
  const certificates = distinct(bundles.flatMap(parse));
  const issuerOf = new Map(certificates.map((one) => [one, findIssuer(one, certificates)]));
  const under = (issuer: X509Certificate | undefined) =>
    certificates.filter((one) => issuerOf.get(one) === issuer);
  const branch = (one: X509Certificate, head: string, indent: string): string[] => {
    const children = under(one);
    return [
      `${head}${describe(one, now)}`,
      ...children.flatMap((child, index) =>
        index === children.length - 1
          ? branch(child, `${indent}└─ `, `${indent}   `)
          : branch(child, `${indent}├─ `, `${indent}│  `),
      ),
    ];
  };
  return under(undefined)
    .flatMap((one) => branch(one, "", ""))
    .join("\n");
}

function parse(pem: string): X509Certificate[] {
  const blocks = pem.match(/-----BEGIN CERTIFICATE-----[^-]+-----END CERTIFICATE-----/g) ?? [];
  return blocks.map((block) => new X509Certificate(block));
}

function distinct(certificates: readonly X509Certificate[]): X509Certificate[] {
  return [...new Map(certificates.map((one) => [one.fingerprint256, one])).values()];
}

/** Who signed a certificate; undefined for one that signed itself, or whose issuer is not there. */
function findIssuer(
  one: X509Certificate,
  candidates: readonly X509Certificate[],
): X509Certificate | undefined {
  if (one.checkIssued(one)) return undefined;
  return candidates.find(
    (candidate) => one.checkIssued(candidate) && signedBy(one, candidate.publicKey),
  );
}

function signedBy(one: X509Certificate, key: KeyObject): boolean {
  try {
    return one.verify(key);
  } catch {
    return false; // a key of another kind than the signature
  }
}

function describe(one: X509Certificate, now: Date): string {
  const expiry = new Date(one.validTo);
  const days = Math.floor((expiry.getTime() - now.getTime()) / DAY_MS);
  const left = days < 0 ? "EXPIRED" : `${days} days left`;
  return [
    title(one),
    `serial ${one.serialNumber.toLowerCase().slice(0, 8)}…`,
    `until ${expiry.toISOString().slice(0, 10)}, ${left}`,
  ].join("  ");
}

function title(one: X509Certificate): string {
  const names = one.subjectAltName?.split(", ").join(" ");
  const subject = nameIn(one.subject);
  if (one.ca) return `${subject} (${one.checkIssued(one) ? "root" : "intermediate"} CA)`;
  return names ?? `${subject} (no SAN)`;
}

/** The common name of a subject, or the whole of it. */
function nameIn(subject: string): string {
  const lines = subject.split("\n");
  return lines.find((line) => line.startsWith("CN="))?.slice(3) ?? lines.join(", ");
}
