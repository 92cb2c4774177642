import type { Meshes } from "../meshes";
import { programCertificates } from "../toolkit/fixtures/program-certificates";
import { alternativeNames, isCa, isIssuedBy } from "../toolkit/pki/certificates";
import type { x509 } from "../toolkit/pki/x509";
import { Workbench } from "./workbench";

const DAY_MS = 86_400_000;

/** The certificates of the program in both meshes. */
export async function readMeshCertificates(
  meshes: Meshes,
): Promise<readonly x509.X509Certificate[]> {
  const certificates = await new Workbench(meshes).use(programCertificates);
  return certificates.map(({ certificate }) => certificate);
}

/** Certificates as a tree: each one under its issuer, with its names and its expiry. */
export async function certificateTree(
  certificates: readonly x509.X509Certificate[],
  now = new Date(),
): Promise<string> {
  const issuers = await findIssuers(certificates);
  const issuedBy = (issuer: x509.X509Certificate | undefined) =>
    [...issuers.keys()].filter((each) => issuers.get(each) === issuer);
  const renderBranch = (
    certificate: x509.X509Certificate,
    head: string,
    indent: string,
  ): string[] => {
    const children = issuedBy(certificate);
    return [
      `${head}${describe(certificate, now)}`,
      ...children.flatMap((child, index) =>
        index === children.length - 1
          ? renderBranch(child, `${indent}└─ `, `${indent}   `)
          : renderBranch(child, `${indent}├─ `, `${indent}│  `),
      ),
    ];
  };
  return issuedBy(undefined)
    .flatMap((each) => renderBranch(each, "", ""))
    .join("\n");
}

/** Each certificate once, in order, with its issuer if the list has it. */
export async function findIssuers(
  certificates: readonly x509.X509Certificate[],
): Promise<ReadonlyMap<x509.X509Certificate, x509.X509Certificate | undefined>> {
  const distinct = [...new Map(certificates.map((each) => [each.toString("pem"), each])).values()];
  const issuers = new Map<x509.X509Certificate, x509.X509Certificate | undefined>();
  for (const each of distinct) issuers.set(each, await findIssuer(each, distinct));
  return issuers;
}

/** The issuer of a certificate; undefined if it is self-signed, or its issuer is not in the list. */
async function findIssuer(
  certificate: x509.X509Certificate,
  candidates: readonly x509.X509Certificate[],
): Promise<x509.X509Certificate | undefined> {
  if (isSelfIssued(certificate)) return undefined;
  for (const candidate of candidates) {
    if (await isIssuedBy(certificate, candidate)) return candidate;
  }
  return undefined;
}

function isSelfIssued({ subject, issuer }: x509.X509Certificate): boolean {
  return subject === issuer;
}

function describe(certificate: x509.X509Certificate, now: Date): string {
  const { serialNumber, notAfter } = certificate;
  const days = Math.floor((notAfter.getTime() - now.getTime()) / DAY_MS);
  const date = notAfter.toISOString().slice(0, 10);
  return [
    title(certificate),
    `serial ${serialNumber.toLowerCase().slice(0, 8)}…`,
    days < 0 ? `EXPIRED ${date}` : `expires ${date}, ${days} days left`,
  ].join("  ");
}

function title(certificate: x509.X509Certificate): string {
  const kind = kindOf(certificate);
  return kind === "leaf" ? namesOf(certificate) : `${namesOf(certificate)} (${kind} CA)`;
}

/** What a certificate is in the tree. */
export function kindOf(certificate: x509.X509Certificate): "root" | "intermediate" | "leaf" {
  if (!isCa(certificate)) return "leaf";
  return isSelfIssued(certificate) ? "root" : "intermediate";
}

/** The common name of a CA, or the names of a leaf. */
export function namesOf(certificate: x509.X509Certificate): string {
  const subject = certificate.subjectName.getField("CN")[0] ?? certificate.subject;
  if (isCa(certificate)) return subject;
  const { dnsNames, uris } = alternativeNames(certificate);
  const names = [...dnsNames.map((name) => `DNS:${name}`), ...uris.map((uri) => `URI:${uri}`)];
  return names.length > 0 ? names.join(" ") : `${subject} (no SAN)`;
}
