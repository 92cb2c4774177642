/** TLS alerts by number, as RFC 8446 names them. */
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
 * The alert that the peer sent, by its name, from what OpenSSL says of it. Its error codes name alerts by the
 * protocol that brought them in and differ between versions; the number in its message does not.
 */
export function alertIn(message: string): string | undefined {
  const number = /alert number (\d+)/.exec(message)?.[1];
  if (number !== undefined) return ALERTS[Number(number)] ?? `number ${number}`;
  const words = /\balert ([a-z ]+)/i.exec(message)?.[1]?.trim().toLowerCase();
  return Object.values(ALERTS).find((name) => words?.startsWith(name));
}
