import { readFileSync, writeFileSync } from "node:fs";

import { load } from "js-yaml";
import { format } from "prettier";

import type { ClientAdmission } from "../config";
import { documented, type Property } from "./reference/doc-comments";
import { item } from "./reference/markdown";

/** Where the reference is kept. */
export const REFERENCE = "docs/configuration.md";

interface ProjectFile {
  readonly name: string;
  readonly config: Readonly<
    Record<
      string,
      { type: string; default?: unknown; description: string; items?: { type: string } }
    >
  >;
}

/** A client mesh's keys: a schema holds them, not an interface, and so they have no doc comments to take. */
const CLIENT: Readonly<Record<keyof ClientAdmission, string>> = {
  name: "Name by which the server's outputs and the client's `clientName` know it.",
  dnsName: "DNS name (SAN) in its gateway's certificate, which the ingress gateway asks for.",
  trustDomain: "Trust domain of its mesh.",
  namespace:
    "Namespace of its egress gateway (default `httpbin`; `istio-system` for a shared one).",
  serviceAccount: "Service account of its egress gateway (default `istio-egressgateway`).",
  signingRequestPem:
    "Its signing request, with `intermediateKey` `client` (default: the server makes the key).",
};

/** The reference of all settings, from Pulumi.yaml and the doc comments of what it configures. */
export async function configurationReference(): Promise<string> {
  const { name, config } = load(readFileSync("Pulumi.yaml", "utf8")) as ProjectFile;
  const keys = Object.entries(config).map(([key, spec]) => {
    const [, role = "Both", condition, rest = spec.description] =
      /^(Server|Client)(, [^.]+)?\. (.*)$/s.exec(spec.description) ?? [];
    const meaning = condition === undefined ? rest : `With ${condition.slice(2)}: ${rest}`;
    const property: Property = {
      name: key,
      type: spec.items ? `${spec.items.type}[]` : spec.type,
      optional: spec.default !== undefined,
      meaning,
      ...(spec.default !== undefined && { fallback: JSON.stringify(spec.default) }),
      see: [],
      fields: fieldsOf(key),
    };
    return { role, property };
  });
  const section = (role: string) =>
    keys.filter((key) => key.role === role).map(({ property }) => item(property));

  const lines = [
    "# Configuration",
    "",
    "<!-- Made by scripts/configuration-reference.ts from Pulumi.yaml and doc comments: change those, run `npm run docs`. -->",
    "",
    `Set in \`Pulumi.STACK.yaml\` under \`${name}:KEY\`, or with \`pulumi config set KEY VALUE\` (\`--path\` for what is inside`,
    "an object or a list). Everything is checked before any resource is registered; a wrong value is one error that",
    "names the key, the value and the remedy. A key of the other role is ignored.",
    "",
    "## Both stacks",
    "",
    ...section("Both"),
    "",
    "## Server",
    "",
    ...section("Server"),
    "",
    "## Client",
    "",
    ...section("Client"),
    "",
    "## GKE",
    "",
    "With `cluster: gke`, the keys of `gke`. What has no setting is hardened for everyone: see `components/gke/hardening.ts`.",
    "",
    ...documented("components/gke/settings.ts", "GkeSettings").flatMap((part) => [
      `### ${heading(part.name)}`,
      "",
      part.meaning,
      "",
      ...part.properties.map((property) => item(property)),
      "",
    ]),
  ];
  return format(lines.join("\n"), { parser: "markdown", printWidth: 100 });
}

/** What is inside a structured key. */
function fieldsOf(key: string): readonly Property[] {
  const inside = (file: string, name: string) =>
    documented(file, name).flatMap(({ properties }) => properties);
  if (key === "services") return inside("components/mtls/exposed-service.ts", "ExposedService");
  if (key === "certificates") return inside("components/pki/lifetime.ts", "CertificateLifetimes");
  if (key === "observability") {
    return inside("components/observability/settings.ts", "ObservabilitySettings");
  }
  if (key !== "clients") return [];
  return Object.entries(CLIENT).map(([name, meaning]) => {
    return {
      name,
      type: "string",
      optional: meaning.includes("default"),
      meaning,
      see: [],
      fields: [],
    };
  });
}

/** `NodePoolSettings` → `Node pool`. */
function heading(name: string): string {
  const words = name
    .replace(/Settings$/, "")
    .replace(/(?<=[a-z])[A-Z]/g, (letter) => ` ${letter.toLowerCase()}`);
  return words === "Gke" ? "Cluster" : words;
}

if (require.main === module) {
  void configurationReference().then((text) => {
    writeFileSync(REFERENCE, text);
  });
}
