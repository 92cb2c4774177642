/** A value in DER, the encoding of certificates and signing requests. */
export interface DerValue {
  readonly tag: number;
  /** Without tag and length. */
  readonly content: Buffer;
  /** With tag and length. */
  readonly bytes: Buffer;
}

/**
 * Splits bytes into the DER values that they consist of.
 *
 * @throws RangeError unless the bytes are whole values, and exactly `count` of them if it is given
 */
export function splitDer(bytes: Buffer, count?: number): readonly DerValue[] {
  const values: DerValue[] = [];
  for (let start = 0; start < bytes.length;) {
    const first = bytes.readUInt8(start + 1);
    const lengthBytes = first < 0x80 ? 0 : first - 0x80;
    const length = first < 0x80 ? first : bytes.readUIntBE(start + 2, lengthBytes);
    const contentStart = start + 2 + lengthBytes;
    const end = contentStart + length;
    if (end > bytes.length) throw new RangeError("The last DER value is incomplete");
    values.push({
      tag: bytes.readUInt8(start),
      content: bytes.subarray(contentStart, end),
      bytes: bytes.subarray(start, end),
    });
    start = end;
  }
  if (count !== undefined && values.length !== count) {
    throw new RangeError(`There must be ${count} DER values (got ${values.length})`);
  }
  return values;
}
