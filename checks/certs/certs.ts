import { writeFile } from "node:fs/promises";
import { resolve } from "node:path";
import { parseArgs } from "node:util";

import { certificateTree } from "../runner/certificate-tree";
import { runCommand } from "../runner/command";
import { errorMessage } from "../runner/workbench";
import { kubectlFor } from "../toolkit/kubectl";
import type { x509 } from "../toolkit/pki/x509";
import { renderRenewals, reportCertificates } from "./certificates-report";
import { readClusterCertificates } from "./read-cluster";
import { readStackCertificates } from "./read-stack";

const NEEDS_ACTION = 1;
const UNREADABLE = 3;
const PROJECT = resolve(__dirname, "../..");

const USAGE = `Usage: npm run certs [-- --stack NAME]... [-- --kubeconfig FILE [--context NAME]] [--json FILE]

Shows certificates as a tree, with their names, the days left, and the next renewal. Shows no keys.

  --stack NAME       certificates in the outputs of this stack: roots and intermediates; can be repeated (default: server)
  --kubeconfig FILE  certificates in a cluster of a stack: root, intermediates and the gateway's leaves
  --context NAME     context of the kubeconfig (default: its current context)
  --json FILE        also write the certificates to FILE
  --help             print this text

Exit codes: 0 if all certificates are valid, or are renewed by the next \`pulumi up\`; 1 if one has expired or is overdue;
2 for wrong flags; 3 if the certificates cannot be read.`;

interface Options {
  readonly read: () => Promise<x509.X509Certificate[]>;
  readonly json: string | undefined;
}

/** @throws Error when a flag is unknown or wrong */
function parseOptions(args: readonly string[]): Options | "help" {
  const text = { type: "string" } as const;
  const { values } = parseArgs({
    args: [...args],
    options: {
      stack: { ...text, multiple: true },
      kubeconfig: text,
      context: text,
      json: text,
      help: { type: "boolean" },
    },
  });
  const { stack, kubeconfig, context, json, help } = values;
  if (help) return "help";
  if (kubeconfig !== undefined) {
    if (stack) throw new Error("--stack: has no effect with --kubeconfig: remove one of them");
    return { read: () => readClusterCertificates(kubectlFor({ kubeconfig, context })), json };
  }
  if (context !== undefined) throw new Error("--context: needs --kubeconfig FILE");
  const readAll = async () => {
    const found = (stack ?? ["server"]).map((name) => readStackCertificates(name, PROJECT));
    return (await Promise.all(found)).flat();
  };
  return { read: readAll, json };
}

/** `npm run certs`. Returns the exit code. */
export async function certs(args: readonly string[], now = new Date()): Promise<number> {
  return runCommand(
    { usage: USAGE, parse: parseOptions, run: (options) => show(options, now) },
    args,
  );
}

async function show({ read, json }: Options, now: Date): Promise<number> {
  let certificates: x509.X509Certificate[];
  try {
    certificates = await read();
  } catch (error) {
    console.error(errorMessage(error));
    return UNREADABLE;
  }
  const reported = await reportCertificates(certificates, now);
  console.log(`${await certificateTree(certificates, now)}\n\n${renderRenewals(reported)}`);
  if (json !== undefined) {
    await writeFile(json, `${JSON.stringify({ certificates: reported }, null, 2)}\n`);
  }
  const needsAction = reported.some(({ state }) => state === "expired" || state === "overdue");
  return needsAction ? NEEDS_ACTION : 0;
}
