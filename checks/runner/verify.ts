import { writeFile } from "node:fs/promises";
import { parseArgs } from "node:util";

import { checks } from "../suites";
import { programCertificates } from "../toolkit/certificates/program-certificates";
import { certificateTree } from "../toolkit/certificates/tree";
import type { Result } from "../check";
import { discoverMeshes } from "./discover";
import { kubectlFor } from "../toolkit/kubectl";
import type { Artifact, Cluster } from "../meshes";
import { failures, renderTable } from "./report";
import { runChecks } from "./run";
import { Workbench } from "./workbench";

const USAGE = `npm run verify -- --server-kubeconfig FILE [--server-context NAME]
                  --client-kubeconfig FILE [--client-context NAME]
                  [--enforces-network-policy] [--search PATH]... [--json FILE]

Checks the two meshes that the program brought up: what must pass, and what must be refused.
Run it where the ingress address can be reached. It makes a few pods for a short time and removes them.

  --enforces-network-policy  the client's cluster enforces NetworkPolicies, as GKE's Dataplane V2 does
  --search PATH              a file or folder in which no private key may be, such as a log; may be given again
  --json FILE                write the results there, too`;

const INTERRUPTED = 130;

async function main(): Promise<number> {
  const options = commandLine();
  if (typeof options === "string") {
    console.error(options);
    return 2;
  }
  const interrupted = new AbortController();
  const interrupt = () => {
    console.error("Removing what the checks made …");
    interrupted.abort();
  };
  process.once("SIGINT", interrupt).once("SIGTERM", interrupt);

  const meshes = await discoverMeshes(options.server, options.client, {
    enforcesNetworkPolicy: options.enforcesNetworkPolicy,
    ...(options.artifacts.length > 0 && { artifacts: options.artifacts }),
  });
  const certificates = await new Workbench(meshes).use(programCertificates);
  console.log(certificateTree(certificates.map(({ certificate }) => certificate.toString("pem"))));
  console.log();

  const results: Result[] = [];
  for await (const result of runChecks(checks, meshes, { signal: interrupted.signal })) {
    results.push(result);
    if (process.stderr.isTTY) process.stderr.write(`\r${results.length} of ${checks.length}`);
  }
  if (process.stderr.isTTY) process.stderr.write("\r\x1b[K");
  console.log(renderTable(results));
  if (options.json !== undefined) {
    await writeFile(options.json, `${JSON.stringify({ checks: results }, null, 2)}\n`);
  }
  if (interrupted.signal.aborted) return INTERRUPTED;
  return failures(results).length === 0 ? 0 : 1;
}

interface Options {
  readonly server: Cluster;
  readonly client: Cluster;
  readonly enforcesNetworkPolicy: boolean;
  readonly artifacts: readonly Artifact[];
  readonly json: string | undefined;
}

/** What the user asks for, or what to tell them. */
function commandLine(): Options | string {
  const text = { type: "string" } as const;
  try {
    const { values } = parseArgs({
      options: {
        "server-kubeconfig": text,
        "server-context": text,
        "client-kubeconfig": text,
        "client-context": text,
        "enforces-network-policy": { type: "boolean", default: false },
        search: { type: "string", multiple: true, default: [] },
        json: text,
        help: { type: "boolean", default: false },
      },
    });
    if (values.help) return USAGE;
    const cluster = (name: "server" | "client"): Cluster => {
      const kubeconfig = values[`${name}-kubeconfig`];
      if (kubeconfig === undefined) throw new Error(`--${name}-kubeconfig is missing`);
      return { name, kubectl: kubectlFor({ kubeconfig, context: values[`${name}-context`] }) };
    };
    return {
      server: cluster("server"),
      client: cluster("client"),
      enforcesNetworkPolicy: values["enforces-network-policy"],
      artifacts: values.search.map((path) => ({ name: path, path })),
      json: values.json,
    };
  } catch (error) {
    return `${(error as Error).message}\n\n${USAGE}`;
  }
}

void main().then(
  (code) => {
    process.exitCode = code;
  },
  (error: unknown) => {
    console.error((error as Error).message);
    process.exitCode = 1;
  },
);
