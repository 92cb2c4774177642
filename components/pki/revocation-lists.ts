import * as pulumi from "@pulumi/pulumi";

import type { Revocation } from "./revocation";
import { revocationList, type RevocationListArgs } from "./revocation-list";
import { isSignedBy, readRevocationList } from "./x509/read-revocation-list";

/** A CA whose certificates a gateway verifies. */
export interface ListedIssuer {
  /** Its name in {@link Revocation}. All roots are `root`. */
  readonly name: string;
  /** What tells its list apart from those of the other CAs, as part of a resource's name. */
  readonly id: string;
  /** Its certificate (PEM). */
  readonly certPem: pulumi.Input<string>;
  /** What signs its list: its private key (PEM). If its owner keeps the key, the list that the owner signed (PEM). */
  readonly signer:
    { readonly privateKeyPem: pulumi.Input<string> } | { readonly crlPem: pulumi.Input<string> };
}

/** Inputs of {@link revocationLists}. */
export interface RevocationListsArgs extends Pick<RevocationListArgs, "drafts" | "validityHours"> {
  /** All CAs of a chain that a gateway verifies. A chain with a CA that has no list is refused. */
  readonly issuers: readonly ListedIssuer[];
  readonly revoked: readonly Revocation[];
}

/** The revocation lists of several CAs, one after another (PEM). */
export function revocationLists(
  name: string,
  { issuers, revoked, ...shared }: RevocationListsArgs,
  opts: pulumi.CustomResourceOptions,
): pulumi.Output<string> {
  const lists = issuers.map(({ name: issuer, id, certPem, signer }) =>
    "crlPem" in signer
      ? pulumi
          .all([signer.crlPem, certPem])
          .apply(([crlPem, issuerCertPem]) => requireSignedBy(issuer, crlPem, issuerCertPem))
      : revocationList(
          `${name}-crl-${id}`,
          {
            issuer: { certPem, privateKeyPem: signer.privateKeyPem },
            revoked: revoked.filter((each) => each.issuer === issuer),
            ...shared,
          },
          opts,
        ),
  );
  return pulumi.all(lists).apply((pems) => pems.join(""));
}

/**
 * Returns a list that a client signed, if the gateway can use it.
 *
 * @throws Error when another CA signed it. The gateway would then refuse the client
 */
export function requireSignedBy(client: string, crlPem: string, certPem: string): string {
  const list = readRevocationList(crlPem);
  if (list && isSignedBy(list, certPem)) return `${crlPem.trim()}\n`;
  throw new Error(
    `crlPem of client "${client}": must be signed by the client's intermediate CA: run \`pulumi up\` on the client's stack, ` +
      "and copy its output crlPem again.",
  );
}
