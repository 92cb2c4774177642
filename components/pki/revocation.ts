import { z } from "zod";

import { objectName, oneOf, string } from "../../validation/fields";
import { readRevocationList } from "./x509/read-revocation-list";
import { REVOCATION_REASONS } from "./x509/sign-revocation-list";

/** Serial numbers have at most 20 bytes (RFC 5280, 4.1.2.2). */
const serialNumber = string(
  (value) => /^[0-9a-f]{2}(:?[0-9a-f]{2}){0,19}$/i.test(value),
  "a serial number",
  "use hexadecimal digits, in quotation marks, as `openssl x509 -noout -serial` prints them",
);

/** A certificate of a client's own CA that is no longer valid. */
export const revokedLeaf = z.strictObject({
  /** Its serial number: hexadecimal digits, with or without colons. */
  serial: serialNumber,
  /** Why it is revoked. It is for people: every reason has the same effect. */
  reason: oneOf(...REVOCATION_REASONS).default("unspecified"),
});

/** A certificate that is no longer valid. */
export const revocation = z.strictObject({
  /** The CA that signed it: `root`, `server`, or the name of a client. The root signs the intermediates. */
  issuer: objectName,
  /** Its serial number: hexadecimal digits, with or without colons. */
  serial: serialNumber,
  /** Why it is revoked. It is for people: every reason has the same effect. */
  reason: oneOf(...REVOCATION_REASONS).default("unspecified"),
});

/** A certificate that is no longer valid. */
export type Revocation = Readonly<z.input<typeof revocation>>;

const error =
  "must be a revocation list in PEM (value not shown): paste the client stack's output crlPem, from -----BEGIN to END-----, and nothing else";

/** A revocation list (PEM). Stacks store it unencrypted, so a key pasted with it would be readable. */
export const crlPem = z
  .string({ error })
  .refine((value) => readRevocationList(value) !== undefined, { error });
