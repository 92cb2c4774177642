import type * as pulumi from "@pulumi/pulumi";

import { CertHierarchy, type ClientIntermediate } from "../components/pki/cert-hierarchy";
import { GatewayLeaf } from "../components/pki/gateway-leaf";
import { givenIssuer } from "../components/pki/given-ca";
import type { Issuer } from "../components/pki/issuer";
import type { ServerConfig } from "../config";

/** The certificates of the server's stack. */
export interface ServerCertificates {
  /** Roots that the server's mesh and its gateway trust (PEM). */
  readonly trustAnchorPem: pulumi.Input<string>;
  /** The server mesh's intermediate CA. */
  readonly serverCa: Issuer;
  /** The ingress gateway's leaf. */
  readonly serverLeaf: GatewayLeaf;
  /** Intermediates for the client meshes. None if a PKI gives each mesh its own. */
  readonly clients: readonly ClientIntermediate[];
  /** Revocation lists (PEM). Absent when nothing is revoked. */
  readonly crlPem?: pulumi.Input<string> | undefined;
}

/** Makes the certificates of all meshes, or takes those that a PKI gave to the server. */
export function serverCertificates(
  config: ServerConfig,
  hosts: readonly string[],
): ServerCertificates {
  const { givenCa } = config;
  if (givenCa === undefined) {
    return new CertHierarchy("certs", {
      rootCommonName: config.rootCommonName,
      hosts,
      trustDomain: config.trustDomain,
      clients: config.clients,
      lifetimes: config.certificates,
      revoked: config.revoked,
      trustedRoots: config.trustedRoots,
      signingRoot: config.signingRoot,
      additionalRootsPem: config.additionalRootsPem,
      protectRoot: config.protectRoot,
    });
  }
  const serverCa = givenIssuer(givenCa);
  return {
    trustAnchorPem: givenCa.trustAnchorPem,
    serverCa,
    serverLeaf: new GatewayLeaf("certs-server-leaf", {
      usage: "server_auth",
      dnsNames: hosts,
      issuer: serverCa,
      validityHours: config.certificates.leafHours,
    }),
    clients: [],
    crlPem: givenCa.crlPem,
  };
}
