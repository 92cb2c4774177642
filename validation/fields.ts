import { isIP, isIPv4 } from "node:net";

import { z } from "zod";

import { parseCidr } from "./cidr";
import { mustBe, quoted } from "./messages";

const LABEL = "[a-z0-9]([-a-z0-9]{0,61}[a-z0-9])?";
// The last label has a letter. Without one, the value is an IP address with a typing error.
const DNS_NAME = new RegExp(`^(?=.{1,253}$)(${LABEL}\\.)+(?=[-0-9]*[a-z])${LABEL}$`);
const DNS_LABEL = new RegExp(`^${LABEL}$`);
/** As Kubernetes defines it: labels of any length. */
const DNS_SUBDOMAIN =
  /^(?=.{1,253}$)[a-z0-9]([-a-z0-9]*[a-z0-9])?(\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*$/;

/** A string for which `accepts` is true. */
export function string(accepts: (value: string) => boolean, what: string, remedy: string) {
  const error = (issue: { readonly input?: unknown }) => {
    // YAML reads `5` and `yes` as a number and a boolean, which may be what the user wants to write.
    const isOther = typeof issue.input === "number" || typeof issue.input === "boolean";
    const needsQuotes = isOther && accepts(String(issue.input));
    return mustBe(what, needsQuotes ? quoted(issue.input) : remedy)(issue);
  };
  return z.string({ error }).refine(accepts, { error });
}

/** A string that is not empty. */
export const nonEmpty = string((value) => value !== "", "a non-empty string", "enter a value");

/** Whether `value` is a DNS name of two labels or more. */
export function isDnsName(value: string): boolean {
  return DNS_NAME.test(value);
}

/** A DNS name of two labels or more, such as a host or a trust domain. */
export const dnsName = string(
  isDnsName,
  "a DNS name",
  "use lowercase labels joined by dots, the last one with a letter, such as application.example.com",
);

/** A DNS name that also has the property `accepts`. A value that is not a DNS name gets the message of {@link dnsName}. */
function narrowDnsName(accepts: (name: string) => boolean, what: string, remedy: string) {
  return dnsName.refine((value) => !isDnsName(value) || accepts(value), {
    error: mustBe(what, remedy),
  });
}

/**
 * A DNS name that both meshes know. To Istio, a name in the cluster's own domain is a Service of the mesh in which it is
 * used.
 */
export const hostName = narrowDnsName(
  (name) => !/\.(svc|cluster\.local)$/.test(name),
  "a DNS name outside the cluster's own domain",
  "use a name that does not end in .svc or .cluster.local, such as application.example.com",
);

/**
 * A trust domain. In policies, Istio reads its default, `cluster.local`, as the trust domain of the mesh in which it
 * runs. So it could not tell such a mesh from another one.
 *
 * @see https://istio.io/latest/docs/reference/config/security/authorization-policy/#Source
 */
export const trustDomain = narrowDnsName(
  (name) => name !== "cluster.local",
  "a trust domain of its own",
  "use a name that no other mesh has, such as mesh.example.com",
);

/** Name of a Kubernetes object that is also a DNS label. */
export const objectName = string(
  (value) => DNS_LABEL.test(value),
  "a Kubernetes name",
  "use at most 63 lowercase letters, digits and hyphens, such as httpbin",
);

/** Name of a Kubernetes object that may contain dots, such as a Secret. */
export const subdomainName = string(
  (value) => DNS_SUBDOMAIN.test(value),
  "a Kubernetes name",
  "use at most 253 lowercase letters, digits, hyphens and dots, such as server-credential",
);

/** Name of a Service, which starts with a letter. */
export const serviceName = string(
  (value) => DNS_LABEL.test(value) && /^[a-z]/.test(value),
  "a Service's name",
  "use at most 63 lowercase letters, digits and hyphens, starting with a letter, such as istio-ingressgateway",
);

/** Name of a service account, which may contain dots. */
export const accountName = string(
  (value) => DNS_SUBDOMAIN.test(value),
  "a service account's name",
  "use lowercase letters, digits, hyphens and dots, such as client",
);

/**
 * Name of a Helm release.
 *
 * @see https://helm.sh/docs/chart_best_practices/conventions/
 */
export const releaseName = string(
  (value) => DNS_LABEL.test(value) && value.length <= 53,
  "a Helm release's name",
  "use at most 53 lowercase letters, digits and hyphens, such as istio-ingressgateway",
);

/** An IPv4 address or a DNS name that clients connect to. */
export const address = string(
  (value) => isIPv4(value) || isDnsName(value),
  "an IPv4 address or a DNS name",
  "use one that the clients' clusters can reach",
);

/** Common name of a certificate: X.509 allows at most 64 characters. */
export const commonName = string(
  (value) => value !== "" && value.length <= 64,
  "a name of 1 to 64 characters",
  "X.509 allows no longer common name",
);

/** An IP address or a DNS name that a gateway connects to. */
export const endpointAddress = string(
  (value) => isIP(value) !== 0 || isDnsName(value),
  "an IP address or a DNS name",
  "use one that the gateway can reach",
);

/**
 * Where an address is.
 *
 * @see https://istio.io/latest/docs/tasks/traffic-management/locality-load-balancing/
 */
export const locality = string(
  (value) => /^[\w.-]+(\/[\w.-]+){0,2}$/.test(value),
  "a locality",
  "use REGION, REGION/ZONE or REGION/ZONE/SUBZONE, such as europe-west4",
);

/** An IPv4 address. */
export const ipv4 = string(isIPv4, "an IPv4 address", "use four numbers, such as 203.0.113.64");

/** A range of IPv4 addresses in CIDR notation. */
export const cidr = string(
  (value) => parseCidr(value) !== undefined,
  "a CIDR range",
  "use the range's first address, such as 203.0.113.0/24",
);

const PRINCIPAL = /^([^/*\s]+)\/ns\/([^/*\s]+)\/sa\/([^/*\s]+)$/;

/** A workload's identity: a SPIFFE ID without `spiffe://`. A wildcard would admit identities that nobody listed. */
export const principal = string(
  (value) => {
    const [, trustDomain = "", namespace = "", account = ""] = PRINCIPAL.exec(value) ?? [];
    return isDnsName(trustDomain) && DNS_LABEL.test(namespace) && DNS_SUBDOMAIN.test(account);
  },
  "an identity",
  "use TRUST-DOMAIN/ns/NAMESPACE/sa/SERVICE-ACCOUNT, without spiffe:// and without *",
);

/** An integer from `min` to `max`. */
export function integer(min: number, max: number) {
  const error = mustBe(`an integer from ${min} to ${max}`);
  // A number out of bounds makes every comparison with it pointless, so it aborts the checks that follow.
  return z.int({ error }).min(min, { error, abort: true }).max(max, { error, abort: true });
}

/** A TCP port. */
export const port = integer(1, 65_535);

/**
 * A port that Kubernetes opens on each node.
 *
 * @see https://kubernetes.io/docs/concepts/services-networking/service/#type-nodeport
 */
export const nodePort = integer(30_000, 32_767);

/** Life of a connection, in seconds: at most a day. */
export const connectionSeconds = integer(10, 24 * 60 * 60);

/**
 * The shortest life of a leaf, in hours. A certificate is renewed in its last third, in whole hours, so with a shorter
 * life it would only be renewed after its expiry.
 */
export const MIN_LEAF_HOURS = 3;

/** Life of a certificate, in hours, from `min` to 50 years. */
export function lifetimeHours(min: number) {
  return integer(min, 24 * 366 * 50);
}

/** One of a few words. */
export function oneOf<const Word extends string>(...words: readonly [Word, ...Word[]]) {
  return z.enum(words, { error: mustBe(listWords(words)) });
}

/** `"one", "two" or "three"`. */
export function listWords(words: readonly string[]): string {
  const quoted = words.map((word) => `"${word}"`);
  const last = quoted.pop() ?? "";
  return quoted.length > 0 ? `${quoted.join(", ")} or ${last}` : last;
}

/** True or false. */
export const flag = z.boolean();

/** A version of a Helm chart. */
export const chartVersion = string(
  (value) => /^\d+\.\d+\.\d+(-[\w.-]+)?$/.test(value),
  "a version",
  "use three numbers, such as 1.31.0",
);

/** Helm values. */
export const helmValues = z.record(z.string(), z.unknown());

export { nonEmptyList, unique, uniqueBy } from "./lists";
