import { mkdir, readFile, writeFile } from "node:fs/promises";
import { delimiter, join } from "node:path";

import { afterEach, beforeAll, beforeEach, expect, test, vi } from "vitest";

import { certs } from "../../../../checks/certs/certs";
import { type Authority, createAuthority } from "../../../../checks/toolkit/pki/authority";
import { parseCertificates } from "../../../../checks/toolkit/pki/certificates";
import { issue, validLeaf } from "../../../../checks/toolkit/pki/leaf";
import { useTempFolder } from "../../../support/temp-folder";

const KEY = "-----BEGIN PRIVATE KEY-----\nhush\n-----END PRIVATE KEY-----";
const HOUR_MS = 3_600_000;

const folder = useTempFolder();
let root: Authority;
let chainPem: string;
let leafEnd: number;
let printed: string[];

beforeAll(async () => {
  root = await createAuthority("root.test");
  const leaf = validLeaf({ usage: "clientAuth", dnsNames: ["client.test"] });
  const notBefore = new Date(Date.now() - 1000);
  leafEnd = notBefore.getTime() + 30 * HOUR_MS;
  const limited = { ...leaf, notBefore, notAfter: new Date(leafEnd) };
  ({ chainPem } = await issue(limited, await createAuthority("client CA", root)));
});

beforeEach(async () => {
  printed = [];
  vi.spyOn(console, "log").mockImplementation((text: string) => printed.push(text));
  vi.spyOn(console, "error").mockImplementation((text: string) => printed.push(text));
  await mkdir(join(folder(), "bin"));
  vi.stubEnv("PATH", `${join(folder(), "bin")}${delimiter}${process.env["PATH"] ?? ""}`);
});

afterEach(() => {
  vi.unstubAllEnvs();
  vi.restoreAllMocks();
});

/** Writes a command that logs its arguments, and prints an output. */
async function command(name: string, output: string, exit = 0): Promise<void> {
  await writeFile(join(folder(), "output"), output);
  const script = `#!/bin/sh\nprintf '%s\\n' "$*" >> ${folder()}/commands\ncat ${folder()}/output${exit === 0 ? "" : " >&2"}\nexit ${exit}\n`;
  await writeFile(join(folder(), "bin", name), script, { mode: 0o755 });
}

/** A kubectl that prints the output only for the list of TLS Secrets. */
const ONLY_TLS_SECRETS = (path: string) =>
  `#!/bin/sh\ncase "$*" in *kubernetes.io/tls*) cat ${path}/output;; esac\n`;

const commands = () => readFile(join(folder(), "commands"), "utf8");
const output = () => printed.join("\n");
const base64 = (text: string) => Buffer.from(text).toString("base64");

test("the outputs of a stack give the tree, without a key", async () => {
  const outputs = {
    rootCertPem: root.certificate.toString("pem"),
    nested: [{ chain: `${chainPem}${KEY}` }],
    clientCaKeyPem: "[secret]",
  };
  await command("pulumi", JSON.stringify(outputs));

  expect(await certs(["--stack", "acme/mtls/server"])).toBe(0);
  expect(await commands()).toContain(
    "stack output --json --non-interactive --stack acme/mtls/server",
  );
  expect(output()).toMatch(/^root\.test \(root CA\).*\n└─ client CA.*\n {3}└─ DNS:client\.test/);
  expect(output()).not.toContain("hush");
});

test("the JSON names the issuer of each certificate by its serial number", async () => {
  const outputs = { rootCertPem: root.certificate.toString("pem"), chain: chainPem };
  await command("pulumi", JSON.stringify(outputs));
  const json = join(folder(), "certs.json");
  await certs(["--json", json]);

  const { certificates } = JSON.parse(await readFile(json, "utf8")) as {
    certificates: Record<string, string>[];
  };
  const find = (kind: string) => certificates.find((each) => each["kind"] === kind);
  expect(find("leaf")?.["issuerSerial"]).toBe(find("intermediate")?.["serial"]);
  expect(find("intermediate")?.["issuerSerial"]).toBe(find("root")?.["serial"]);
  expect(find("root")).not.toHaveProperty("issuerSerial");
});

test("a cluster gives the tree, from fields that have no key", async () => {
  const rootPem = base64(root.certificate.toString("pem"));
  await command("kubectl", `client-credential-warehouse ${base64(chainPem)} ${rootPem}\n`);

  expect(await certs(["--kubeconfig", "cluster.yaml", "--context", "prod"])).toBe(0);
  const lines = (await commands()).trim().split("\n");
  expect(lines).toHaveLength(2);
  for (const line of lines) {
    expect(line).toMatch(/^--kubeconfig cluster\.yaml --context prod get secrets/);
    expect(line).not.toMatch(/\.key|key\.pem/);
  }
  expect(output()).toContain("└─ DNS:client.test");
});

test.each([
  ["client-credential-warehouse", 0],
  ["shop-tls", 3],
])("with only the Secret %s in a cluster, the exit code is %i", async (name, code) => {
  await command("kubectl", `${name} ${base64(chainPem)} \n`);
  await writeFile(join(folder(), "bin", "kubectl"), ONLY_TLS_SECRETS(folder()), { mode: 0o755 });
  expect(await certs(["--kubeconfig", "cluster.yaml"])).toBe(code);
});

test.each([
  [0, "valid", ""],
  [21, "due", "the next `pulumi up` renews it"],
  [23, "overdue", "no `pulumi up` has renewed it"],
  [31, "expired", "requests between the meshes fail"],
])("after %i of 30 hours, a leaf is %s", async (hours, state, advice) => {
  const [leafPem] = parseCertificates(chainPem);
  await command("pulumi", JSON.stringify({ leaf: leafPem?.toString("pem") }));
  const json = join(folder(), "certs.json");
  const now = new Date(leafEnd + (hours - 30) * HOUR_MS);

  const code = await certs(["--json", json], now);
  const { certificates } = JSON.parse(await readFile(json, "utf8")) as {
    certificates: Record<string, string>[];
  };
  expect(certificates).toHaveLength(1);
  expect(certificates[0]).toMatchObject({
    kind: "leaf",
    name: "DNS:client.test",
    state,
    renewalFrom: new Date(Math.floor(leafEnd / 1000) * 1000 - 10 * HOUR_MS).toISOString(),
  });
  expect(code).toBe(state === "valid" || state === "due" ? 0 : 1);
  expect(output()).toContain(advice);
});

test.each([
  [["--nonsense"], 2, "--nonsense"],
  [["--context", "prod"], 2, "--context: needs --kubeconfig FILE"],
  [["--stack", "server", "--kubeconfig", "f"], 2, "--stack: has no effect with --kubeconfig"],
] as const)("%j is refused", async (args, code, message) => {
  expect(await certs(args)).toBe(code);
  expect(output()).toContain(message);
  expect(output()).toContain("Usage: npm run certs");
});

test("a stack that cannot be read is an error with a remedy", async () => {
  await command("pulumi", "error: no stack named 'server' found", 255);
  expect(await certs([])).toBe(3);
  expect(output()).toContain("no stack named 'server' found: log in to the stack's backend");
});

test("a stack or a cluster without certificates is an error with a remedy", async () => {
  await command("pulumi", "{}");
  expect(await certs([])).toBe(3);
  expect(output()).toContain("the stack server has no certificate in its outputs");
  await command("kubectl", "");
  expect(await certs(["--kubeconfig", "f"])).toBe(3);
  expect(output()).toContain("the cluster has no Secret server-credential");
});
