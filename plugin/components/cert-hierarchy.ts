import type * as pulumi from "@pulumi/pulumi";

import { CertHierarchy } from "../../components/pki/cert-hierarchy";
import type { CertHierarchyArgs } from "../../components/pki/cert-hierarchy-args";
import type { Construct } from "../construct";

export type Inputs = CertHierarchyArgs;

/** Flat, because a secret inside an object makes the whole object secret (pulumi/pulumi#17422). */
export interface Outputs {
  /** The trust anchor of all meshes (PEM). */
  readonly trustAnchorPem: pulumi.Output<string>;
  /** The server mesh's intermediate CA (PEM). */
  readonly serverCaCertPem: pulumi.Output<string>;
  /** Key of the server mesh's intermediate CA (PEM), a secret. */
  readonly serverCaPrivateKeyPem: pulumi.Output<string>;
  /** The ingress gateway's leaf, followed by its intermediate (PEM). */
  readonly serverChainPem: pulumi.Output<string>;
  /** Key of the ingress gateway's leaf (PEM), a secret. */
  readonly serverPrivateKeyPem: pulumi.Output<string>;
  /** The client meshes' intermediate CAs (PEM), by client name. */
  readonly clientCaCertPems: Readonly<Record<string, pulumi.Output<string>>>;
  /** Keys of the client meshes' intermediate CAs (PEM), secrets, by client name. A client that made its own key has none. */
  readonly clientCaPrivateKeyPems: Readonly<Record<string, pulumi.Output<string>>>;
  /** The revocation lists of all CAs (PEM). Absent when nothing is revoked. */
  readonly crlPem?: pulumi.Output<string>;
}

export const construct: Construct<Inputs, Outputs> = (name, inputs, options) => {
  const made = new CertHierarchy(name, inputs, options);
  const keys = made.clients.flatMap(({ name: client, privateKeyPem }) =>
    privateKeyPem ? [[client, privateKeyPem] as const] : [],
  );
  return {
    urn: made.urn,
    state: {
      trustAnchorPem: made.trustAnchorPem,
      serverCaCertPem: made.serverCa.certPem,
      serverCaPrivateKeyPem: made.serverCa.privateKeyPem,
      serverChainPem: made.serverLeaf.chainPem,
      serverPrivateKeyPem: made.serverLeaf.privateKeyPem,
      clientCaCertPems: Object.fromEntries(
        made.clients.map(({ name: client, certPem }) => [client, certPem]),
      ),
      clientCaPrivateKeyPems: Object.fromEntries(keys),
      ...(made.crlPem && { crlPem: made.crlPem }),
    },
  };
};
