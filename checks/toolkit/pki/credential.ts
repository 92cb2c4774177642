/** A certificate and its key, as TLS wants them. Kept in memory alone. */
export interface Credential {
  /** The certificate, followed by what else is sent with it (PEM). */
  readonly chainPem: string;
  readonly privateKeyPem: string;
}
