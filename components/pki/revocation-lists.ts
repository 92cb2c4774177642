import * as pulumi from "@pulumi/pulumi";

import type { Issuer } from "./issuer";
import type { Revocation } from "./revocation";
import { revocationList } from "./revocation-list";
import { isSignedBy, readRevocationList } from "./x509/read-revocation-list";

/** A CA whose certificates a gateway verifies. */
export interface ListedIssuer {
  /** Its name in {@link Revocation}. */
  readonly name: string;
  /** Its certificate (PEM). */
  readonly certPem: pulumi.Input<string>;
  /** What signs its list: its private key (PEM). If its owner keeps the key, the list that the owner signed (PEM). */
  readonly signer:
    { readonly privateKeyPem: pulumi.Input<string> } | { readonly crlPem: pulumi.Input<string> };
}

/** Inputs of {@link revocationLists}. */
export interface RevocationListsArgs {
  /** All CAs of a chain that a gateway verifies. A chain with a CA that has no list is refused. */
  readonly issuers: readonly ListedIssuer[];
  readonly revoked: readonly Revocation[];
  /** Signs the lists' clocks. */
  readonly drafts: Issuer;
  /** How long the lists are valid, in hours. */
  readonly validityHours: number;
}

/** The revocation lists of several CAs, one after another (PEM). */
export function revocationLists(
  name: string,
  { issuers, revoked, drafts, validityHours }: RevocationListsArgs,
  opts: pulumi.CustomResourceOptions,
): pulumi.Output<string> {
  const lists = issuers.map(({ name: issuer, certPem, signer }) =>
    "crlPem" in signer
      ? requireSignedBy(issuer, signer.crlPem, certPem)
      : revocationList(
          `${name}-crl-${issuer}`,
          {
            issuer: { certPem, privateKeyPem: signer.privateKeyPem },
            revoked: revoked.filter((each) => each.issuer === issuer),
            drafts,
            validityHours,
          },
          opts,
        ),
  );
  return pulumi.all(lists).apply((pems) => pems.join(""));
}

/** @throws Error when the list would lock the client out */
function requireSignedBy(
  client: string,
  crlPem: pulumi.Input<string>,
  certPem: pulumi.Input<string>,
): pulumi.Output<string> {
  return pulumi.all([crlPem, certPem]).apply(([crl, cert]) => {
    const list = readRevocationList(crl);
    if (list && isSignedBy(list, cert)) return `${crl.trim()}\n`;
    throw new Error(
      `crlPem of client "${client}": must be signed by the client's intermediate CA: run \`pulumi up\` on the client's stack, ` +
        "and copy its output crlPem again.",
    );
  });
}
