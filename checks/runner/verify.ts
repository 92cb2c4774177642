import type { Result } from "../check";
import { reportCertificates } from "../certs/certificates-report";
import { clearOutputs } from "../../report/outputs";
import { writeOutputs } from "../../report/write-outputs";
import { certificateTree, readMeshCertificates } from "./certificate-tree";
import { runCommand } from "./command";
import { discoverMeshes } from "./discover";
import { helpText, type Options, parseOptions, USAGE } from "./options";
import { failures, renderTable } from "./report";
import { describePath } from "./request-path";
import { runChecks } from "./run";
import { readVersions } from "./versions";
import { errorMessage } from "./workbench";

const FAILED = 1;
const INTERRUPTED = 130;

/** `npm run verify`: runs the checks against two clusters. Returns the exit code. */
async function verify({ server, client, checks, json, report, ...options }: Options) {
  clearOutputs({ json, report });
  const interruption = new AbortController();
  const interrupt = () => {
    console.error("Interrupted: removing the pods of the checks …");
    interruption.abort();
  };
  process.once("SIGINT", interrupt).once("SIGTERM", interrupt);

  const meshes = await discoverMeshes(server, client, {
    enforcesNetworkPolicy: options.enforcesNetworkPolicy,
    ...(options.artifacts.length > 0 && { artifacts: options.artifacts }),
  });
  const certificates = await readMeshCertificates(meshes);
  console.log(`${await certificateTree(certificates)}\n`);

  const results: Result[] = [];
  for await (const result of runChecks(checks, meshes, { signal: interruption.signal })) {
    results.push(result);
    if (process.stderr.isTTY)
      process.stderr.write(`\r${results.length} of ${checks.length} checks`);
  }
  if (process.stderr.isTTY) process.stderr.write("\r\x1b[K");
  console.log(renderTable(results));
  if (json !== undefined || report !== undefined) {
    const now = new Date();
    await writeOutputs(
      { json, report },
      {
        command: "npm run verify",
        createdAt: now.toISOString(),
        path: await describePath(meshes),
        certificates: await reportCertificates(certificates, now),
        checks: results,
        versions: await readVersions(meshes),
      },
    );
  }
  if (interruption.signal.aborted) return INTERRUPTED;
  return failures(results).length === 0 ? 0 : FAILED;
}

void runCommand(
  { usage: USAGE, help: helpText, parse: parseOptions, run: verify },
  process.argv.slice(2),
).then(
  (code) => {
    process.exitCode = code;
  },
  (error: unknown) => {
    console.error(errorMessage(error));
    process.exitCode = FAILED;
  },
);
