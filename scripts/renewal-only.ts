import { readFileSync } from "node:fs";

/** What a preview plans for a resource. */
interface Step {
  readonly op: string;
  readonly urn: string;
}

/** The part of the output of `pulumi preview --json` that this script reads. */
interface Preview {
  readonly steps?: readonly Step[];
}

const UNCHANGED = new Set(["same", "read", "refresh"]);

const NEW_CERTIFICATE = new Set(["update", "replace", "create-replacement", "delete-replaced"]);

/** Operations of a renewal, by type: a new leaf or intermediate, and the Secrets that the gateways and istiod read. */
const RENEWAL: Readonly<Record<string, ReadonlySet<string>>> = {
  "tls:index/locallySignedCert:LocallySignedCert": NEW_CERTIFICATE,
  "kubernetes:core/v1:Secret": new Set(["update"]),
};

/** The certificate that has the dates of a revocation list is self-signed, as a root is. */
const CLOCK = /[:$]tls:index\/selfSignedCert:SelfSignedCert::\S+-clock$/;

/**
 * Finds the steps of a preview that do more than renew a leaf, an intermediate or a revocation list. A new root also counts: for some time
 * both meshes must trust the old and the new root, so an operator has to renew it.
 */
export function findOtherChanges({ steps = [] }: Preview): readonly Step[] {
  const isRenewal = ({ op, urn }: Step) =>
    (RENEWAL[parseType(urn)]?.has(op) ?? false) || (CLOCK.test(urn) && NEW_CERTIFICATE.has(op));
  return steps.filter((step) => !UNCHANGED.has(step.op) && !isRenewal(step));
}

/** Parses the resource type from a URN, which also has the types of its parents before it. */
function parseType(urn: string): string {
  return urn.split("::")[2]?.split("$").at(-1) ?? "";
}

function main(file: string | undefined): number {
  if (file === undefined) {
    console.error("Usage: npx tsx scripts/renewal-only.ts PREVIEW.json");
    return 2;
  }
  const changes = findOtherChanges(JSON.parse(readFileSync(file, "utf8")) as Preview);
  if (changes.length === 0) return 0;
  console.error("Nothing was renewed, because an update would also make these changes:");
  for (const { op, urn } of changes) console.error(`  ${op} ${urn}`);
  console.error("Deploy them first, or run pulumi up by hand: see docs/ci.md#renewal");
  return 1;
}

if (require.main === module) process.exitCode = main(process.argv[2]);
