/** A longer value is a file or a key rather than a setting. */
const MAX_LENGTH = 100;

/** What keys, tokens and kubeconfigs look like. A name, a path or a version looks like none of them. */
const SECRET_PATTERNS = [
  // Several lines, or a PEM label.
  /[\r\n]|-----/,
  // A list or an object in JSON.
  /^\s*[[{]/,
  // A field of a kubeconfig or of a service account's key.
  /(apiVersion|clusters|contexts|users|token|password|secret|private_key|client-key)[\w-]*["']?\s*[:=]/i,
  // base64 with its own punctuation.
  /^(?=.{16}).*[+=]/,
  // A long run of letters and digits: base64, hexadecimal, a password from a generator.
  /[A-Za-z0-9]{20}/,
  /(?=[A-Za-z]*\d)[A-Za-z0-9]{16}/,
  // A word that mixes digits, uppercase and lowercase letters: base64url, API keys.
  /(?=\w*[a-z])(?=\w*[A-Z])(?=\w*\d)\w{12}/,
];

/** Whether a string may be, or may contain, a credential. When in doubt, it does. */
export function isSecretLike(text: string): boolean {
  return text.length > MAX_LENGTH || SECRET_PATTERNS.some((pattern) => pattern.test(text));
}

/** `"VALUE"` for a message, unless the value may be a credential. */
export function quote(text: string): string {
  return isSecretLike(text) ? "(name not shown)" : JSON.stringify(text);
}

/**
 * `(got VALUE)` for an error message. Messages end up in logs, so a value that may be a credential is not shown, and
 * neither is what a list or an object contains.
 */
export function got(value: unknown): string {
  if (Array.isArray(value)) return "(got a list)";
  if (typeof value === "object" && value !== null) return "(got an object)";
  if (typeof value === "string" && isSecretLike(value)) return "(value not shown)";
  // `undefined` has no JSON.
  const text = JSON.stringify(value) as string | undefined;
  return text === undefined ? "(got nothing)" : `(got ${text})`;
}
