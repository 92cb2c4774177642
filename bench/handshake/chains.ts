import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";

import { runCommand } from "../../lab/process/run-command";
import type { CredentialFiles } from "../path/static-proxy";

/** A kind of certificate chain: root, intermediate, and the leaves of a server and of a client. */
export interface ChainKind {
  readonly name: string;
  /** Arguments of `openssl req -newkey`. */
  readonly key: readonly string[];
  /** Whether the intermediate has critical name constraints. */
  readonly nameConstraints?: true;
  /** Whether the server checks revocation lists of the root and the intermediate. */
  readonly revocationLists?: true;
}

const EC = ["ec", "-pkeyopt", "ec_paramgen_curve:P-256"];

/** The kinds that are compared. All certificates of a chain have the same kind of key. */
export const CHAIN_KINDS: readonly ChainKind[] = [
  { name: "P-256", key: EC },
  { name: "P-256, name constraints", key: EC, nameConstraints: true },
  { name: "P-256, revocation lists", key: EC, revocationLists: true },
  { name: "RSA-2048", key: ["rsa:2048"] },
  { name: "RSA-4096", key: ["rsa:4096"] },
];

/** The files of a chain. */
export interface Chain {
  readonly server: CredentialFiles;
  readonly client: CredentialFiles;
  readonly revocationLists?: string;
}

/** Name in the server's certificate. */
export const BENCH_HOST = "bench.example";

/** Makes a chain with OpenSSL, for a few hours. */
export async function makeChain(kind: ChainKind, folder: string): Promise<Chain> {
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  const file = (name: string) => join(folder, name);
  const read = (name: string) => readFileSync(file(name), "utf8");
  const openssl = (...args: string[]) => runCommand("openssl", args, { cwd: folder });
  writeFileSync(file("config"), configOf(kind));
  writeFileSync(file("database"), "");
  const request = ["req", "-config", "config", "-newkey", ...kind.key, "-noenc"];
  const issue = async (name: string, issuer: string) => {
    await openssl(
      ...request,
      "-keyout",
      `${name}.key`,
      "-out",
      `${name}.csr`,
      "-subj",
      `/CN=${name}`,
    );
    await openssl(
      ...["x509", "-req", "-in", `${name}.csr`, "-CA", `${issuer}.crt`, "-CAkey", `${issuer}.key`],
      ...["-extfile", "config", "-extensions", name, "-days", "1", "-out", `${name}.crt`],
    );
  };
  await openssl(
    ...[...request, "-x509", "-extensions", "root", "-days", "1", "-subj", "/CN=root"],
    ...["-keyout", "root.key", "-out", "root.crt"],
  );
  await issue("intermediate", "root");
  for (const leaf of ["server", "client"]) {
    await issue(leaf, "intermediate");
    writeFileSync(file(`${leaf}.chain`), read(`${leaf}.crt`) + read("intermediate.crt"));
  }
  const lists = [];
  for (const ca of kind.revocationLists ? ["root", "intermediate"] : []) {
    lists.push(
      await openssl(
        ...["ca", "-config", "config", "-gencrl", "-cert", `${ca}.crt`, "-keyfile", `${ca}.key`],
      ),
    );
  }
  if (lists.length > 0) writeFileSync(file("lists"), lists.join(""));
  const credential = (leaf: string) => ({
    chain: file(`${leaf}.chain`),
    key: file(`${leaf}.key`),
    trustAnchor: file("root.crt"),
  });
  return {
    server: credential("server"),
    client: credential("client"),
    ...(lists.length > 0 && { revocationLists: file("lists") }),
  };
}

function configOf({ nameConstraints }: ChainKind): string {
  const ca = "basicConstraints=critical,CA:TRUE\nkeyUsage=critical,keyCertSign,cRLSign\n";
  const leaf = (usage: string, name: string) =>
    `keyUsage=critical,digitalSignature\nextendedKeyUsage=${usage}\nsubjectAltName=DNS:${name}\n`;
  return [
    "[req]\ndistinguished_name=dn\nprompt=no\n[dn]\nCN=unused\n",
    "[ca]\ndefault_ca=default\n[default]\ndatabase=database\ndefault_md=sha256\ndefault_crl_days=1\n",
    `[root]\n${ca}`,
    `[intermediate]\n${ca}`,
    nameConstraints ? "nameConstraints=critical,permitted;DNS:example\n" : "",
    `[server]\n${leaf("serverAuth", BENCH_HOST)}`,
    `[client]\n${leaf("clientAuth", "client.example")}`,
  ].join("\n");
}
