/** Whether a range (CIDR) is a large part of the internet. Two of them can be all of it. */
export function isWide(range: string): boolean {
  const [address = "", length] = range.split("/");
  return length !== undefined && Number(length) < (address.includes(":") ? 16 : 8);
}
