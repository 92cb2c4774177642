import { readFileSync } from "node:fs";

/** A resource that `pulumi preview --json` has something to say of. */
interface Step {
  readonly op: string;
  readonly urn: string;
}

/** The part of `pulumi preview --json` that is read here. */
export interface Preview {
  readonly steps?: readonly Step[];
}

const UNCHANGED = new Set(["same", "read", "refresh"]);

/** What a renewal does, by type: a new leaf or intermediate, and the Secrets that hand it to the gateways and istiod. */
const RENEWAL: Readonly<Record<string, ReadonlySet<string>>> = {
  "tls:index/locallySignedCert:LocallySignedCert": new Set([
    "update",
    "replace",
    "create-replacement",
    "delete-replaced",
  ]),
  "kubernetes:core/v1:Secret": new Set(["update"]),
};

/**
 * The steps of a preview that are no renewal of a leaf or an intermediate. A new root is none either: it needs both
 * meshes to trust the old and the new one for a while, which no schedule can see to.
 */
export function beyondRenewal({ steps = [] }: Preview): readonly Step[] {
  return steps.filter(({ op, urn }) => !UNCHANGED.has(op) && !RENEWAL[typeOf(urn)]?.has(op));
}

/** The resource's type, which a URN has after those of its parents. */
function typeOf(urn: string): string {
  return urn.split("::")[2]?.split("$").at(-1) ?? "";
}

function main(file: string | undefined): number {
  if (file === undefined) {
    console.error("Usage: npx tsx scripts/renewal-only.ts PREVIEW.json");
    return 2;
  }
  const beyond = beyondRenewal(JSON.parse(readFileSync(file, "utf8")) as Preview);
  if (beyond.length === 0) return 0;
  console.error("An update would do more than renew certificates, so nothing was renewed:");
  for (const { op, urn } of beyond) console.error(`  ${op} ${urn}`);
  console.error("Run the update by hand, or deploy what waits: see docs/ci.md#renewal");
  return 1;
}

if (require.main === module) process.exitCode = main(process.argv[2]);
