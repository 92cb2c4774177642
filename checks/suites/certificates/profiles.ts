import type { Check } from "../../check";
import {
  programCertificates,
  type ProgramCertificate,
} from "../../toolkit/fixtures/program-certificates";
import {
  findCaProblems,
  findExpiryProblems,
  findKeyProblems,
  findLeafProblems,
  findSerialProblems,
} from "./problems";

type Certificates = readonly ProgramCertificate[];

/** The certificates that the program created, as the clusters hold them. */
export const certificateProfiles: readonly Check[] = [
  expectNoProblems({
    slug: "certificates/keys",
    title: "keys and signatures",
    requirement: "ecdsa-p256",
    expected: "ECDSA P-256 with SHA-256 everywhere",
    why: "All keys and signatures use one strong algorithm.",
    threat: "An attacker breaks a weak key and acts as its owner.",
    findProblems: (certificates) => each(certificates, findKeyProblems),
  }),
  expectNoProblems({
    slug: "certificates/authorities",
    title: "CA certificates",
    requirement: "ca-profile",
    expected:
      "CA:TRUE (critical), keyCertSign and cRLSign only, path length 0, name constraints (critical), expiry before the issuer",
    why: "A CA's key can sign certificates for its own mesh and nothing else.",
    threat: "A CA certificate is used as a client's or a server's, or signs for another mesh.",
    findProblems: (certificates) => [
      ...each(certificates.filter(isCa), findCaProblems),
      ...each(
        certificates.filter(({ role }) => role === "intermediate"),
        ({ certificate, issuer }) => findExpiryProblems(certificate, issuer),
      ),
    ],
  }),
  expectNoProblems({
    slug: "certificates/leaves",
    title: "leaf certificates",
    requirement: "leaf-profile",
    expected: "CA:FALSE, digitalSignature, one usage, SAN, expiry before the issuer",
    why: "A leaf is good for one end of the connection and for its own names.",
    threat: "A stolen leaf is used at the other end, or to sign more certificates.",
    findProblems: (certificates) =>
      each(
        certificates.filter((certificate) => !isCa(certificate)),
        findLeafProblems,
      ),
  }),
  expectNoProblems({
    slug: "certificates/serials",
    title: "serial numbers",
    requirement: "unique-serials",
    expected: "unique, at least 64 bits",
    why: "A serial number identifies one certificate, and cannot be predicted.",
    threat: "A predictable serial helps to forge a certificate, and a shared one revokes two.",
    findProblems: findSerialProblems,
  }),
];

interface Profile extends Omit<Check, "run"> {
  readonly findProblems: (certificates: Certificates) => readonly string[];
}

function expectNoProblems({ findProblems, ...check }: Profile): Check {
  return {
    ...check,
    async run({ use }) {
      const problems = findProblems(await use(programCertificates));
      return problems.length > 0
        ? { pass: false, observed: problems.join("; ") }
        : { pass: true, observed: "as expected" };
    },
  };
}

function each(
  certificates: Certificates,
  findProblems: (certificate: ProgramCertificate) => readonly string[],
): string[] {
  return certificates.flatMap((certificate) =>
    findProblems(certificate).map((problem) => `${certificate.name}: ${problem}`),
  );
}

function isCa({ role }: ProgramCertificate): boolean {
  return role === "root" || role === "intermediate";
}
