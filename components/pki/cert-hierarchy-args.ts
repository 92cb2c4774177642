import type * as pulumi from "@pulumi/pulumi";
import { z } from "zod";

import { input } from "../../validation/args";
import {
  commonName,
  hostName,
  nonEmptyList,
  trustDomain,
  unique,
  uniqueBy,
} from "../../validation/fields";
import { relations } from "../../validation/relations";
import { checkRevocation } from "./check-revocation";
import { checkClientNames, checkServerNames } from "./check-server-names";
import { clientName } from "./client-name";
import { certificatesPem } from "./given-ca";
import { type CertificateLifetimes, certificateLifetimes } from "./lifetimes";
import { crlPem, type Revocation, revocation } from "./revocation";
import { checkRequestNames, signingRequestPem } from "./signing-request-pem";
import { checkTrustedRoots, rootNumber, rootNumbers } from "./trusted-roots";

/** A client mesh that gets its own intermediate CA. */
export interface ClientMesh {
  /** Name of the client in the server's configuration (DNS label). */
  readonly name: string;
  /** DNS name in the certificate of the client's gateway. The client's intermediate can sign it, and its subdomains. */
  readonly dnsName: string;
  /** Trust domain of the client's mesh (DNS name). The client's intermediate can sign its SPIFFE IDs. */
  readonly trustDomain: string;
  /**
   * The client's own signing request (PKCS #10, PEM).
   *
   * @default the component makes the key, and returns it as a secret
   */
  readonly signingRequestPem?: pulumi.Input<string> | undefined;
  /**
   * The revocation list of the client's intermediate CA (PEM), which only the owner of its key can sign. Required with
   * `signingRequestPem` when anything is revoked.
   *
   * @default the component signs the list
   */
  readonly crlPem?: pulumi.Input<string> | undefined;
}

/** Inputs of `CertHierarchy`. */
export interface CertHierarchyArgs {
  /** Common name of the root, at most 64 characters. People recognize the root by it; nothing checks it. */
  readonly rootCommonName: string;
  /** Hosts that the server's leaf names (DNS names). */
  readonly hosts: readonly string[];
  /** Trust domain of the server's mesh (DNS name). */
  readonly trustDomain: string;
  /** Client meshes. Each gets an intermediate CA. */
  readonly clients: readonly ClientMesh[];
  /**
   * How long certificates are valid, in hours. Each is at most a third of its issuer's.
   *
   * @default 87600 for the root (10 years), 8760 for intermediates (1 year), 2160 for leaves (90 days)
   */
  readonly lifetimes?: Partial<CertificateLifetimes>;
  /**
   * Certificates that are no longer valid. As soon as there is one, or a client has a `crlPem`, there are revocation lists
   * of all CAs, and they are valid as long as leaves. After their expiry, gateways refuse every certificate.
   *
   * @default []
   * @see https://datatracker.ietf.org/doc/html/rfc5280#section-5
   */
  readonly revoked?: readonly Revocation[];
  /**
   * Numbers of the roots that the meshes trust. A new number makes a new root, and a number that is gone deletes its root.
   * To replace a root, trust both for a while.
   *
   * @default [1]
   */
  readonly trustedRoots?: readonly number[];
  /**
   * Number of the root that signs the intermediates.
   *
   * @default 1
   */
  readonly signingRoot?: number;
  /**
   * Roots of another PKI (PEM) that the meshes trust too.
   *
   * @default none
   */
  readonly additionalRootsPem?: string | undefined;
  /**
   * Whether Pulumi refuses to delete or replace the root's key. The option `protect` does the same for all keys.
   *
   * @default false
   */
  readonly protectRoot?: boolean;
}

/** Checks {@link CertHierarchyArgs}. */
export const certHierarchyArgs = z
  .looseObject({
    rootCommonName: commonName,
    hosts: nonEmptyList(hostName, "name at least one host").superRefine(unique),
    trustDomain,
    clients: z
      .array(
        z.looseObject({
          name: clientName,
          dnsName: hostName,
          trustDomain,
          signingRequestPem: input(signingRequestPem).optional(),
          crlPem: input(crlPem).optional(),
        }),
      )
      .superRefine(uniqueBy("name"))
      .superRefine(uniqueBy("dnsName"))
      .superRefine(uniqueBy("trustDomain"))
      .superRefine(checkRequestNames),
    lifetimes: certificateLifetimes.prefault({}),
    revoked: z.array(revocation).optional(),
    trustedRoots: rootNumbers.default([1]),
    signingRoot: rootNumber.default(1),
    additionalRootsPem: certificatesPem.optional(),
  })
  .superRefine(checkRevocation)
  .superRefine(checkTrustedRoots)
  .superRefine((args, context) => {
    const between = relations(args, context);
    between(["hosts", "trustDomain", "clients"], checkServerNames);
    between(["hosts", "clients"], checkClientNames);
  });
