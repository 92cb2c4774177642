import { parseArgs } from "node:util";

import { type Outputs, requireValue } from "../../report/outputs";
import type { Check } from "../check";
import type { Artifact, Cluster } from "../meshes";
import { checks as allChecks } from "../suites";
import { kubectlFor } from "../toolkit/kubectl";
import { selectChecks } from "./select";

/** What `npm run verify` takes. */
export interface Options extends Outputs {
  readonly server: Cluster;
  readonly client: Cluster;
  readonly enforcesNetworkPolicy: boolean;
  readonly artifacts: readonly Artifact[];
  readonly checks: readonly Check[];
}

export const USAGE = `Usage: npm run verify -- --server-kubeconfig FILE [--server-context NAME]
                         --client-kubeconfig FILE [--client-context NAME]
                         [--checks PATTERN]... [--enforces-network-policy] [--search PATH]... [--json FILE]
                         [--report DIR]

Checks the two meshes that the program deployed: what must pass, and what must be refused.
Run it where you can reach the ingress gateway's address. It creates a few pods, and removes them at the end.
If the client calls more than one server, run it once for each: --server-kubeconfig selects the path.

  --checks PATTERN           run only these checks, such as "ingress/*"; can be repeated
  --enforces-network-policy  fail rather than skip checks if the client's cluster does not enforce NetworkPolicies
  --search PATH              a file or folder to search for private keys, such as a log; can be repeated
  --json FILE                also write the results to FILE
  --report DIR               also write a page for a browser: DIR/index.html
  --help                     print this text and the list of checks`;

/** The usage, with the list of checks. */
export function helpText(): string {
  const width = Math.max(...allChecks.map(({ slug }) => slug.length));
  const list = allChecks.map(({ slug, title }) => `  ${slug.padEnd(width)}  ${title}`);
  return `${USAGE}\n\nChecks (docs/checks.md has the reason for each):\n\n${list.join("\n")}`;
}

/**
 * Parses the command line. Returns `"help"` if it asks for help.
 *
 * @throws Error when an option is unknown, missing or wrong
 */
export function parseOptions(args: readonly string[]): Options | "help" {
  const text = { type: "string" } as const;
  const list = { type: "string", multiple: true, default: [] } as const;
  const flag = { type: "boolean", default: false } as const;
  const { values } = parseArgs({
    args: [...args],
    options: {
      "server-kubeconfig": text,
      "server-context": text,
      "client-kubeconfig": text,
      "client-context": text,
      checks: { ...list, default: [] },
      "enforces-network-policy": flag,
      search: { ...list, default: [] },
      json: text,
      report: text,
      help: flag,
    },
  });
  if (values.help) return "help";
  const { json, report } = values;
  requireValue("json", json);
  requireValue("report", report);
  const cluster = (name: "server" | "client"): Cluster => {
    const kubeconfig = values[`${name}-kubeconfig`];
    if (kubeconfig === undefined) {
      throw new Error(`--${name}-kubeconfig is missing: name a kubeconfig file`);
    }
    return { name, kubectl: kubectlFor({ kubeconfig, context: values[`${name}-context`] }) };
  };
  return {
    server: cluster("server"),
    client: cluster("client"),
    enforcesNetworkPolicy: values["enforces-network-policy"],
    artifacts: values.search.map((path) => ({ name: path, path })),
    checks: selectChecks(allChecks, values.checks),
    json,
    report,
  };
}
