import { generateKeyPairSync, type KeyPairKeyObjectResult, sign } from "node:crypto";

/** A new pair of keys of the kind that the program makes. */
export const newKeys = (): KeyPairKeyObjectResult =>
  generateKeyPairSync("ec", { namedCurve: "P-256" });

/** A signing request (PKCS #10, PEM), like the output of the client's stack. */
export function signingRequest(
  subject: Readonly<Record<"CN" | "O", string>> | Readonly<Record<"CN", string>>,
  { publicKey, privateKey } = newKeys(),
): string {
  const names = Object.entries(subject).map(([type, value]) =>
    set(sequence(objectId(TYPES[type as keyof typeof TYPES]), tlv(0x0c, Buffer.from(value)))),
  );
  const info = sequence(
    tlv(0x02, Buffer.from([0])),
    sequence(...names),
    publicKey.export({ type: "spki", format: "der" }),
    tlv(0xa0),
  );
  const signature = tlv(0x03, Buffer.from([0]), sign("sha256", info, privateKey));
  const request = sequence(info, sequence(objectId(ECDSA_WITH_SHA256)), signature);
  const lines = request.toString("base64").match(/.{1,64}/g) ?? [];
  return [
    "-----BEGIN CERTIFICATE REQUEST-----",
    ...lines,
    "-----END CERTIFICATE REQUEST-----",
    "",
  ].join("\n");
}

const TYPES = { CN: "550403", O: "55040a" };
const ECDSA_WITH_SHA256 = "2a8648ce3d040302";

function tlv(tag: number, ...parts: readonly Buffer[]): Buffer {
  const content = Buffer.concat(parts);
  const { length } = content;
  const header = length < 0x80 ? [length] : [0x82, length >> 8, length & 0xff];
  return Buffer.concat([Buffer.from([tag, ...header]), content]);
}

const sequence = (...parts: readonly Buffer[]) => tlv(0x30, ...parts);
const set = (...parts: readonly Buffer[]) => tlv(0x31, ...parts);
const objectId = (hex: string) => tlv(0x06, Buffer.from(hex, "hex"));
