import type { StoredResource } from "./contract-stack";

/** Keys whose values differ between runs. */
const RUN_SPECIFIC_KEYS = new Set([
  "uid",
  "resourceVersion",
  "creationTimestamp",
  "clusterIP",
  "clusterIPs",
  "chart",
  "publicKeyFingerprintMd5",
  "publicKeyFingerprintSha256",
  "publicKeyOpenssh",
]);

const SECRET_MARK = "4dabf18193072939515e22adb298388d";

/** Values that differ between runs, and what replaces them. */
const SHAPES: readonly [RegExp, string][] = [
  [/^[0-9a-f]{40}$/, "<40 hexadecimal digits>"],
  [/^[0-9]{36,39}$/, "<a number of 128 bits>"],
  [/^pulumi-kubernetes-[0-9a-f]{8}$/, "pulumi-kubernetes-<8 hexadecimal digits>"],
  [/auto-[0-9a-f]{8}$/, "auto-<8 hexadecimal digits>"],
  [/^\d{4}-\d\d-\d\dT[\d:.]+(Z|[+-]\d\d:\d\d)$/, "<time>"],
  [/^-----BEGIN PUBLIC KEY-----[^]*$/, "<PEM public key>"],
  [/^-----BEGIN CERTIFICATE-----[^]*$/, "<PEM certificate>"],
  [/^-----BEGIN CERTIFICATE REQUEST-----[^]*$/, "<PEM certificate request>"],
];

/** Replaces what differs between runs by its shape, and secrets by `<secret>`. */
function maskRunSpecific(value: unknown, key = ""): unknown {
  if (Array.isArray(value)) {
    return RUN_SPECIFIC_KEYS.has(key) ? `<${key}>` : value.map((one) => maskRunSpecific(one));
  }
  if (typeof value === "object" && value !== null) {
    if (SECRET_MARK in value) return "<secret>";
    return Object.fromEntries(
      Object.entries(value)
        // How the plugin created the object decides whether the API server returns this.
        .filter(([name]) => name !== "managedFields")
        .map(([name, one]): [string, unknown] => [name, maskRunSpecific(one, name)]),
    );
  }
  if (typeof value !== "string") return value;
  if (key === "chart" && !value.includes("/") && !value.startsWith("<")) return value;
  if (RUN_SPECIFIC_KEYS.has(key)) return `<${key}>`;
  for (const [pattern, name] of SHAPES) {
    if (key !== "name" || name.startsWith("auto")) {
      if (pattern.test(value)) return value.replace(pattern, name);
    }
  }
  return value;
}

/** Describes a resource without anything that differs between runs. */
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
