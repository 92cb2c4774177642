import {
  caProblems,
  keyProblems,
  leafProblems,
  lifeProblems,
  serialProblems,
} from "../toolkit/certificates/profile";
import {
  programCertificates,
  type ProgramCertificate,
} from "../toolkit/certificates/program-certificates";
import { type Check, saw } from "../check";

type Certificates = readonly ProgramCertificate[];

/** The certificates that the program made, as the clusters hold them. */
export const certificateProfiles: readonly Check[] = [
  profile(29, "keys and signatures", "ECDSA P-256 with SHA-256, everywhere", (all) =>
    each(all, keyProblems),
  ),
  profile(30, "CAs", "CA:TRUE critical; keyCertSign and cRLSign alone", (all) => [
    ...each(all.filter(isCa), caProblems),
    ...each(
      all.filter(({ role }) => role === "intermediate"),
      ({ certificate, issuer }) => lifeProblems(certificate, issuer),
    ),
  ]),
  profile(31, "leaves", "one usage each, SAN, expiry before the issuer's", (all) =>
    each(
      all.filter((one) => !isCa(one)),
      leafProblems,
    ),
  ),
  profile(32, "serials", "unique, 64 bits or more", serialProblems),
];

function profile(
  id: number,
  name: string,
  expected: string,
  problems: (all: Certificates) => readonly string[],
): Check {
  return {
    id,
    name: `certificates: ${name}`,
    expected,
    async run({ use }) {
      const all = await use(programCertificates);
      const found = problems(all);
      return found.length > 0 ? saw(false, found.join("; ")) : saw(true, "so they are");
    },
  };
}

function each(all: Certificates, problems: (one: ProgramCertificate) => readonly string[]) {
  return all.flatMap((one) => problems(one).map((problem) => `${one.name}: ${problem}`));
}

function isCa({ role }: ProgramCertificate): boolean {
  return role === "root" || role === "intermediate";
}
