/** The only kind of private key that the program makes. */
export const ECDSA_P256 = { algorithm: "ECDSA", ecdsaCurve: "P256" } as const;
