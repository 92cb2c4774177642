import { describe, expect, test } from "vitest";

import { parseConfig } from "../../../config";
import type { Keys } from "../../../config/key";
import { clientKeys, commonKeys, serverKeys } from "../../../config/keys";
import { type JsonSchema, jsonSchemaOf } from "../../../validation/json-schema";
import { complaints, project, rawConfig, type Settings } from "../../support/config";

const PEM = "-----BEGIN PRIVATE KEY-----\naHVzaA==\n-----END PRIVATE KEY-----\n";
const BASE64 = "q83vASNFZ4mrze8BI0VniavN7wEjRWeJq83vASNFZ4k=";
const KUBECONFIG = "apiVersion: v1\nclusters: []\nusers:\n- name: u\n  user: {token: hush}\n";
const SERVICE_ACCOUNT = `{"type": "service_account", "private_key": ${JSON.stringify(PEM)}}`;
const JWT = "eyJhbGciOiJSUzI1NiJ9.eyJpc3MiOiJodXNoIn0.c2lnbmF0dXJl";
const gke = (settings: Settings) => ({
  gke: { project: "my-project", region: "europe-west1", ...settings },
});

/** Parts of the credentials. */
const SECRET = /aHVzaA|hush|q83v|eyJhbG|c2lnbm|3735928559ab/;

const credentials: Readonly<Record<string, unknown>> = {
  "a key in PEM": PEM,
  "a key in base64": BASE64,
  "a key in hexadecimal": "3735928559ab3735928559ab3735928559ab3735",
  "a kubeconfig": KUBECONFIG,
  "a service account's key": SERVICE_ACCOUNT,
  "a service account's key as an object": JSON.parse(SERVICE_ACCOUNT) as unknown,
  "a JWT": JWT,
  "a list of tokens": [JWT],
  "an object with a token as its key": { [JWT]: 1 },
};

/** Credentials in the wrong place. */
const pasted: readonly (readonly [string, Settings])[] = [
  ["a key in gke.secretsKey", gke({ secretsKey: BASE64 })],
  ["a key in PEM in gke.secretsKey", gke({ secretsKey: PEM })],
  ["a key in gke.bootDiskKey", gke({ bootDiskKey: BASE64 })],
  ["a kubeconfig in kubeContext", { kubeContext: KUBECONFIG }],
  ["a kubeconfig with cluster gke", { kubeconfig: KUBECONFIG }],
  ["a token in kubeconfig", { cluster: "kubeconfig", kubeconfig: BASE64 }],
  ["a token in trustDomain", { trustDomain: BASE64 }],
  ["a key in PEM in namespace", { namespace: PEM }],
  ["a key in clients", { clients: [{ name: "c", signingRequestPem: PEM }] }],
  ["a kubeconfig in services", { services: KUBECONFIG }],
  ["a token in place of a key's name", gke({ [JWT]: true })],
];

test.each(pasted)("%s is refused and not shown", (_what, settings) => {
  const found = complaints("server", settings);
  expect(found).not.toEqual([]);
  expect(found.join()).not.toMatch(SECRET);
});

/** Values around the credential, so that it is all that is wrong, on a new cluster and on an existing one. */
const base: Settings = {
  ...gke({}),
  clients: [{ name: "c", dnsName: "c.example.com", trustDomain: "c.example.com" }],
  services: [{ host: "a.example.com", namespace: "shop", service: "web", port: 80 }],
};
const variants: readonly Settings[] = [
  base,
  { ...base, cluster: "kubeconfig", kubeconfig: "clusters: []", ingressType: "NodePort" },
];

/** `value` with `leaf` at the path. */
function withLeaf(value: unknown, [part, ...rest]: readonly string[], leaf: unknown): unknown {
  if (part === undefined) return leaf;
  if (part === "[]") {
    const [first, ...others] = Array.isArray(value) ? (value as unknown[]) : [];
    return [withLeaf(first, rest, leaf), ...others];
  }
  const object = typeof value === "object" && value !== null ? value : {};
  return { ...object, [part]: withLeaf(Reflect.get(object, part), rest, leaf) };
}

/** The paths of a setting and of all settings inside it. */
function pathsIn(schema: JsonSchema, path: readonly string[]): readonly (readonly string[])[] {
  return [
    path,
    ...Object.entries(schema.properties ?? {}).flatMap(([name, each]) =>
      pathsIn(each, [...path, name]),
    ),
    ...(schema.items ? pathsIn(schema.items, [...path, "[]"]) : []),
    ...(schema.additionalProperties ? [[...path, "key"]] : []),
  ];
}

/** The message about a stack with these settings over its file; empty if they are accepted. */
function messageAbout(file: Readonly<Record<string, string>>, settings: Settings): string {
  const values = Object.entries(settings).map(([key, value]) => [
    `${project.name}:${key}`,
    typeof value === "string" ? value : JSON.stringify(value),
  ]);
  try {
    parseConfig(project.name, {
      ...file,
      ...(Object.fromEntries(values) as Record<string, string>),
    });
    return "";
  } catch (error) {
    return (error as Error).message;
  }
}

describe.each(Object.entries(credentials))("%s is never shown", (_what, credential) => {
  test.each([
    ["server", { ...commonKeys, ...serverKeys }],
    ["client", { ...commonKeys, ...clientKeys }],
  ] as const)("in any setting of the %s", (stack, keys) => {
    const file = rawConfig(stack);
    const paths = Object.entries(keys as Keys).flatMap(([name, { schema }]) =>
      pathsIn(jsonSchemaOf(schema), [name]),
    );
    expect(paths.length).toBeGreaterThan(80);
    const shown = paths.filter((path) =>
      variants.some((variant) =>
        SECRET.test(messageAbout(file, withLeaf(variant, path, credential) as Settings)),
      ),
    );
    expect(shown.map((path) => path.join("."))).toEqual([]);
  });
});
