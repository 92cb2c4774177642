import { createHash } from "node:crypto";

const MAX_LABEL_LENGTH = 63;

/**
 * A host as a DNS label, for names without dots: `.` becomes `-`, and `-` becomes `--`, so two hosts never get the same
 * name. A result that is too long for a label is cut, and ends with a digest of the host.
 */
export function hostSlug(host: string): string {
  const label = host.replaceAll("-", "--").replaceAll(".", "-");
  if (label.length <= MAX_LABEL_LENGTH) return label;
  const digest = createHash("sha256").update(host).digest("hex").slice(0, 8);
  return `${label.slice(0, MAX_LABEL_LENGTH - digest.length - 1)}-${digest}`;
}
