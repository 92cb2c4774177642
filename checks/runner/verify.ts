import { writeFile } from "node:fs/promises";

import type { Result } from "../check";
import { describeCertificates } from "./certificate-tree";
import { discoverMeshes } from "./discover";
import { helpText, type Options, parseOptions, USAGE } from "./options";
import { failures, renderTable } from "./report";
import { runChecks } from "./run";
import { errorMessage } from "./workbench";

const FAILED = 1;
const USAGE_ERROR = 2;
const INTERRUPTED = 130;

/** `npm run verify`: runs the checks against two clusters. Returns the exit code. */
async function main(args: readonly string[]): Promise<number> {
  let options: Options | "help";
  try {
    options = parseOptions(args);
  } catch (error) {
    console.error(`${errorMessage(error)}\n\n${USAGE}`);
    return USAGE_ERROR;
  }
  if (options === "help") {
    console.log(helpText());
    return 0;
  }
  return verify(options);
}

async function verify({ server, client, checks, json, ...options }: Options): Promise<number> {
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
  console.log(`${await describeCertificates(meshes)}\n`);

  const results: Result[] = [];
  for await (const result of runChecks(checks, meshes, { signal: interruption.signal })) {
    results.push(result);
    if (process.stderr.isTTY)
      process.stderr.write(`\r${results.length} of ${checks.length} checks`);
  }
  if (process.stderr.isTTY) process.stderr.write("\r\x1b[K");
  console.log(renderTable(results));
  if (json !== undefined) {
    await writeFile(json, `${JSON.stringify({ checks: results }, null, 2)}\n`);
  }
  if (interruption.signal.aborted) return INTERRUPTED;
  return failures(results).length === 0 ? 0 : FAILED;
}

void main(process.argv.slice(2)).then(
  (code) => {
    process.exitCode = code;
  },
  (error: unknown) => {
    console.error(errorMessage(error));
    process.exitCode = FAILED;
  },
);
