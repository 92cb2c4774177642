import { execFile } from "node:child_process";
import { promisify } from "node:util";

import { lastLine } from "../toolkit/kubectl";
import { parseCertificates } from "../toolkit/pki/certificates";
import type { x509 } from "../toolkit/pki/x509";

const execute = promisify(execFile);

/**
 * Reads the certificates in the outputs of a stack. Without `--show-secrets`, pulumi shows no key.
 *
 * @throws Error when pulumi fails, or the stack has no certificates
 */
export async function readStackCertificates(
  stack: string,
  folder: string,
): Promise<x509.X509Certificate[]> {
  const args = ["stack", "output", "--json", "--non-interactive", "--stack", stack];
  const outputs = await execute("pulumi", args, { cwd: folder, maxBuffer: 16 << 20 }).then(
    ({ stdout }) => JSON.parse(stdout) as unknown,
    (error: unknown) => {
      const { stderr = "", message } = error as Error & { readonly stderr?: string };
      throw new Error(
        `pulumi stack output --stack ${stack}: ${lastLine(stderr) || lastLine(message)}: ` +
          "log in to the stack's backend, and name a stack that `pulumi stack ls` lists",
      );
    },
  );
  const found = textsOf(outputs).flatMap(parseCertificates);
  if (found.length > 0) return found;
  throw new Error(
    `the stack ${stack} has no certificate in its outputs: name a server's stack, or read the cluster with --kubeconfig`,
  );
}

/** All texts in a value. */
function textsOf(value: unknown): string[] {
  if (typeof value === "string") return [value];
  if (typeof value !== "object" || value === null) return [];
  return Object.values(value).flatMap(textsOf);
}
