import { GeneralName, GeneralSubtree, GeneralSubtrees, NameConstraints } from "@peculiar/asn1-x509";

/** The names that certificates of a CA may have. A name of any other kind, such as an IP address, is forbidden. */
export interface PermittedNames {
  /** DNS names. Each permits its subdomains too. */
  readonly dnsNames: readonly string[];
  /** Hosts of URIs. SPIFFE IDs have their trust domain there. Some verifiers permit subdomains too. */
  readonly uriHosts: readonly string[];
  /** Subdomains of the permitted names, and of the permitted hosts, that are not permitted. */
  readonly except: readonly string[];
}

/**
 * Name constraints: what a thief of a CA's key can do with it, at most.
 *
 * @see https://datatracker.ietf.org/doc/html/rfc5280#section-4.2.1.10
 */
export function nameConstraints({ dnsNames, uriHosts, except }: PermittedNames): NameConstraints {
  return new NameConstraints({
    permittedSubtrees: subtrees([
      ...dnsNames.map((dNSName) => ({ dNSName })),
      ...uriHosts.map((uniformResourceIdentifier) => ({ uniformResourceIdentifier })),
      // A kind of name is forbidden only if the list has that kind. This domain has no owner (RFC 6761).
      { rfc822Name: "invalid" },
    ]),
    excludedSubtrees: subtrees([
      ...except.flatMap((name) => [{ dNSName: name }, { uniformResourceIdentifier: name }]),
      { iPAddress: "0.0.0.0/0" },
      { iPAddress: "::/0" },
    ]),
  });
}

function subtrees(names: readonly Partial<GeneralName>[]): GeneralSubtrees {
  return new GeneralSubtrees(
    names.map((name) => new GeneralSubtree({ base: new GeneralName(name) })),
  );
}
