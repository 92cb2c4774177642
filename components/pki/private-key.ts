import type * as pulumi from "@pulumi/pulumi";
import * as tls from "@pulumi/tls";

/** A new private key, of the one kind in use: ECDSA P-256. */
export function privateKey(name: string, opts: pulumi.CustomResourceOptions): tls.PrivateKey {
  return new tls.PrivateKey(name, { algorithm: "ECDSA", ecdsaCurve: "P256" }, opts);
}
