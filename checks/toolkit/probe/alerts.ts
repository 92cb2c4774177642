/** TLS alerts by number, with their names in RFC 8446. */
const ALERTS: Readonly<Record<number, string>> = {
  0: "close notify",
  10: "unexpected message",
  20: "bad record mac",
  22: "record overflow",
  40: "handshake failure",
  42: "bad certificate",
  43: "unsupported certificate",
  44: "certificate revoked",
  45: "certificate expired",
  46: "certificate unknown",
  47: "illegal parameter",
  48: "unknown ca",
  49: "access denied",
  50: "decode error",
  51: "decrypt error",
  70: "protocol version",
  71: "insufficient security",
  80: "internal error",
  86: "inappropriate fallback",
  90: "user canceled",
  109: "missing extension",
  110: "unsupported extension",
  112: "unrecognized name",
  113: "bad certificate status response",
  115: "unknown psk identity",
  116: "certificate required",
  120: "no application protocol",
};

/**
 * Reads the name of the peer's TLS alert from an error message of OpenSSL. Uses the alert's number where there is one,
 * because OpenSSL's error codes and texts differ between versions.
 */
export function parseAlert(message: string): string | undefined {
  const number = /alert number (\d+)/.exec(message)?.[1];
  if (number !== undefined) return ALERTS[Number(number)] ?? `number ${number}`;
  const text = /\balert ([a-z ]+)/i.exec(message)?.[1]?.trim().toLowerCase();
  return Object.values(ALERTS).find((name) => text?.startsWith(name));
}
