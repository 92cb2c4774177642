/**
 * Whether an IP range (CIDR) is so large that a short list of them can cover the internet. Looking for `0.0.0.0/0` is not
 * enough: `0.0.0.0/1` and `128.0.0.0/1` together are the same.
 */
export function isWide(range: string): boolean {
  const [address = "", length] = range.split("/");
  return length !== undefined && Number(length) < (address.includes(":") ? 16 : 8);
}
