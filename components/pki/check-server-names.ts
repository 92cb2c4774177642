import type { Problem } from "../../validation/problem";
import { got } from "../../validation/show";
import { type MeshNames, permittedNames } from "./permitted-names";

/** The names that the certificates of the server's stack get. */
export interface ServerNames {
  /** Hosts of the server (DNS names). */
  readonly hosts: readonly string[];
  readonly trustDomain: string;
  readonly clients: readonly { readonly dnsName: string; readonly trustDomain: string }[];
}

/** Bytes of certificates that BoringSSL and OpenSSL read from a peer: `SSL_MAX_CERT_LIST_DEFAULT`. */
const MAX_CHAIN_BYTES = 102_400;
/** How often they compare a name of a certificate with a name constraint of its CA: `NAME_CHECK_MAX`. */
const MAX_COMPARISONS = 2 ** 20;
/** More than what the leaf and the intermediate have besides names: keys, signatures, dates, other extensions. */
const BYTES_WITHOUT_NAMES = 2_000;

/** Reports more hosts than one certificate can name: each client would refuse it during the handshake. */
export function checkServerNames({ hosts, trustDomain, clients }: ServerNames): readonly Problem[] {
  const server = { dnsNames: hosts, trustDomain };
  const meshes = [server, ...clients.map(namesOf)];
  const { dnsNames, uriHosts, except } = permittedNames(server, meshes);
  // Each exception is there as a DNS name and as the host of a URI. Three more constraints forbid other kinds of names.
  const constraints = [...dnsNames, ...uriHosts, ...except, ...except];
  const comparisons = (hosts.length + 1) * (constraints.length + 3);
  const bytes =
    BYTES_WITHOUT_NAMES +
    sum(hosts.map(({ length }) => encoded(length))) +
    sum(constraints.map(({ length }) => encoded(encoded(length))));
  if (comparisons <= MAX_COMPARISONS && bytes <= MAX_CHAIN_BYTES) return [];
  const reason =
    bytes > MAX_CHAIN_BYTES
      ? `they read at most ${MAX_CHAIN_BYTES} bytes of certificates, and the names need about ${bytes}`
      : `they compare names with name constraints at most ${MAX_COMPARISONS} times, and this needs ${comparisons}`;
  const message =
    `must be fewer or shorter (got ${hosts.length} hosts): the clients' TLS libraries would refuse the server's ` +
    `certificate, because ${reason}. Serve some hosts from another server`;
  return [{ path: ["hosts"], message }];
}

/** Length of a value of `length` bytes in DER, with its tag and its length. */
function encoded(length: number): number {
  return length + (length < 128 ? 2 : length < 256 ? 3 : 4);
}

function sum(numbers: readonly number[]): number {
  return numbers.reduce((total, each) => total + each, 0);
}

/** Reports a client whose CA could sign the server's certificate. */
export function checkClientNames({
  hosts,
  clients,
}: Pick<ServerNames, "hosts" | "clients">): readonly Problem[] {
  return [...clients.entries()]
    .filter(([, { dnsName }]) => hosts.includes(dnsName))
    .map(([index, { dnsName }]) => ({
      path: ["clients", index, "dnsName"],
      message: `must not be a host of the server ${got(dnsName)}: the client's CA could then sign the server's certificate. Use another name`,
    }));
}

function namesOf({ dnsName, trustDomain }: ServerNames["clients"][number]): MeshNames {
  return { dnsNames: [dnsName], trustDomain };
}
