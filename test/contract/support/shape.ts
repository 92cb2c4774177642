import type { StoredResource } from "./contract-stack";

/** Keys whose value differs from run to run. */
const PER_RUN = new Set([
  "uid",
  "resourceVersion",
  "creationTimestamp",
  "clusterIP",
  "clusterIPs",
  "chart",
  "publicKeyFingerprintMd5",
  "publicKeyFingerprintSha256",
  "publicKeyOpenssh",
  "b64Std",
  "b64Url",
  "dec",
  "hex",
]);

const SECRET_MARK = "4dabf18193072939515e22adb298388d";

const SHAPES: readonly [RegExp, string][] = [
  [/^[0-9a-f]{40}$/, "<40 hexadecimal digits>"],
  [/^[0-9]{36,39}$/, "<a number of 128 bits>"],
  [/^[A-Za-z0-9_-]{6}$/, "<6 characters of base64url>"],
  [/^pulumi-kubernetes-[0-9a-f]{8}$/, "pulumi-kubernetes-<8 hexadecimal digits>"],
  [/auto-[0-9a-f]{8}$/, "auto-<8 hexadecimal digits>"],
  [/^\d{4}-\d\d-\d\dT[\d:.]+(Z|[+-]\d\d:\d\d)$/, "<time>"],
  [/^-----BEGIN PUBLIC KEY-----[^]*$/, "<PEM public key>"],
  [/^-----BEGIN CERTIFICATE-----[^]*$/, "<PEM certificate>"],
  [/^-----BEGIN CERTIFICATE REQUEST-----[^]*$/, "<PEM certificate request>"],
];

/** A value with what differs per run replaced by its shape; what is secret by `<secret>`. */
export function maskRunSpecific(value: unknown, key = ""): unknown {
  if (Array.isArray(value)) {
    return PER_RUN.has(key) ? `<${key}>` : value.map((one) => maskRunSpecific(one));
  }
  if (typeof value === "object" && value !== null) {
    if (SECRET_MARK in value) return "<secret>";
    return Object.fromEntries(
      Object.entries(value).map(([name, one]): [string, unknown] => [
        name,
        maskRunSpecific(one, name),
      ]),
    );
  }
  if (typeof value !== "string") return value;
  if (key === "chart" && !value.includes("/") && !value.startsWith("<")) return value;
  if (PER_RUN.has(key)) return `<${key}>`;
  for (const [pattern, name] of SHAPES) {
    if (key !== "name" || name.startsWith("auto")) {
      if (pattern.test(value)) return value.replace(pattern, name);
    }
  }
  return value;
}

export function describeResource(resource: Omit<StoredResource, "urn">): Record<string, unknown> {
  const { type, id, inputs, outputs, additionalSecretOutputs } = resource;
  return {
    type,
    id: maskRunSpecific(id, "id"),
    inputs: maskRunSpecific(inputs),
    outputs: maskRunSpecific(outputs),
    ...(additionalSecretOutputs !== undefined && {
      additionalSecretOutputs: [...additionalSecretOutputs].sort(),
    }),
  };
}
