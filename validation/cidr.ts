/** A range of IPv4 addresses. */
export interface Range {
  /** First address, as a number. */
  readonly first: number;
  /** Last address, as a number. */
  readonly last: number;
  /** Length of the prefix, in bits. */
  readonly prefix: number;
}

// Without leading zeros: some read them as octal, others not at all.
const OCTET = "(0|[1-9]\\d{0,2})";
const CIDR = new RegExp(`^${OCTET}\\.${OCTET}\\.${OCTET}\\.${OCTET}/(0|[1-9]\\d?)$`);

/** The range that `cidr` writes, or undefined where it writes none, or has bits set behind its prefix. */
export function parseCidr(cidr: string): Range | undefined {
  const [prefix, ...octets] = (CIDR.exec(cidr)?.slice(1) ?? []).map(Number).reverse();
  if (prefix === undefined || prefix > 32 || octets.some((octet) => octet > 255)) return undefined;
  const first = octets.reduceRight((address, octet) => address * 256 + octet, 0);
  const size = 2 ** (32 - prefix);
  return first % size === 0 ? { first, last: first + size - 1, prefix } : undefined;
}

/** Whether an address is in both. */
export function overlap(one: Range, other: Range): boolean {
  return one.first <= other.last && other.first <= one.last;
}
