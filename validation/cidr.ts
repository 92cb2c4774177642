/** A range of IPv4 addresses. */
export interface Range {
  /** First address, as a number. */
  readonly first: number;
  /** Last address, as a number. */
  readonly last: number;
  /** Length of the prefix, in bits. */
  readonly prefix: number;
}

// No leading zeros: some tools read such a number as octal, others refuse it.
const OCTET = "(0|[1-9]\\d{0,2})";
const CIDR = new RegExp(`^${OCTET}\\.${OCTET}\\.${OCTET}\\.${OCTET}/(0|[1-9]\\d?)$`);

/** Parses a CIDR range. Returns `undefined` for anything else, such as a range that does not start at its first address. */
export function parseCidr(cidr: string): Range | undefined {
  const [prefix, ...octets] = (CIDR.exec(cidr)?.slice(1) ?? []).map(Number).reverse();
  if (prefix === undefined || prefix > 32 || octets.some((octet) => octet > 255)) return undefined;
  const first = octets.reduceRight((address, octet) => address * 256 + octet, 0);
  const size = 2 ** (32 - prefix);
  return first % size === 0 ? { first, last: first + size - 1, prefix } : undefined;
}

/** Whether two ranges have an address in common. */
export function overlap(one: Range, other: Range): boolean {
  return one.first <= other.last && other.first <= one.last;
}
