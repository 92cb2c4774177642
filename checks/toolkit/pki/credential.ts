/** A certificate with its private key, for TLS. Kept in memory only. */
export interface Credential {
  /** The certificate, followed by the CA certificates that are sent with it (PEM). */
  readonly chainPem: string;
  readonly privateKeyPem: string;
}
