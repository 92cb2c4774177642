import { read, readItems, UNKNOWN } from "./read";

/** The uses of a certificate, or undefined when a preview does not know all of them. */
export function allowedUses(props: unknown): readonly string[] | undefined {
  const uses = readItems(props, "allowedUses");
  const isUnknown = read(props, "allowedUses") === UNKNOWN || uses.includes(UNKNOWN);
  return isUnknown ? undefined : uses.map(String);
}
