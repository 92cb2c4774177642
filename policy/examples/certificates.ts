import type { Resource } from "../rule";
import { LOCALLY_SIGNED, PRIVATE_KEY, SELF_SIGNED } from "../types";

type Props = Readonly<Record<string, unknown>>;

/** A private key that passes all rules, with `changes` applied. */
export function privateKey(changes: Props = {}): Resource {
  return { type: PRIVATE_KEY, props: { algorithm: "ECDSA", ecdsaCurve: "P256", ...changes } };
}

/** A root certificate that passes all rules, with `changes` applied. */
export function root(changes: Props = {}): Resource {
  return {
    type: SELF_SIGNED,
    props: { ...CA, validityPeriodHours: 87_600, earlyRenewalHours: 29_200, ...changes },
  };
}

/** The certificate of an intermediate CA that passes all rules, with `changes` applied. */
export function intermediate(changes: Props = {}): Resource {
  return {
    type: LOCALLY_SIGNED,
    props: {
      ...CA,
      maxPathLength: 0,
      validityPeriodHours: 8_760,
      earlyRenewalHours: 2_920,
      ...changes,
    },
  };
}

/** A gateway's leaf certificate that passes all rules, with `changes` applied. */
export function leaf(changes: Props = {}): Resource {
  return {
    type: LOCALLY_SIGNED,
    props: {
      allowedUses: ["digital_signature", "client_auth"],
      validityPeriodHours: 2_160,
      earlyRenewalHours: 720,
      ...changes,
    },
  };
}

const CA: Props = { isCaCertificate: true, allowedUses: ["cert_signing", "crl_signing"] };
