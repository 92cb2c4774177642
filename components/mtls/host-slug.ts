import { createHash } from "node:crypto";

const LONGEST_LABEL = 63;

/**
 * A host as a DNS label, for names that admit no dots: `.` becomes `-`, and `-` becomes `--`, so that two hosts never
 * share a name. What is too long for a label is cut and closed by a digest.
 */
export function slug(host: string): string {
  const label = host.replaceAll("-", "--").replaceAll(".", "-");
  if (label.length <= LONGEST_LABEL) return label;
  const digest = createHash("sha256").update(host).digest("hex").slice(0, 8);
  return `${label.slice(0, LONGEST_LABEL - digest.length - 1)}-${digest}`;
}
