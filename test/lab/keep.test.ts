import { execFile, spawn } from "node:child_process";
import { mkdirSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";

import { afterAll, beforeAll, describe, expect, test } from "vitest";

import { buildVegeta } from "../../bench/load/vegeta";
import type { PathSample } from "../../bench/path/measure";
import { DEPLOYED, DIRECT, STATIC } from "../../bench/path/ways";
import { ratioOf } from "../../bench/statistics";
import { failures } from "../../checks/runner/report";
import { until } from "../../lab/process/until";
import { readReport } from "../../lab/report";
import { pageFile } from "../../report/outputs";

const run = promisify(execFile);

/** Wide, because machines differ. docs/performance.md has what was measured. */
const MOST_PROCESSOR_TIME = 2;

/** What `npm run bench -- path --json` writes. */
interface PathReport {
  readonly samples: Readonly<
    Record<
      "saturation" | "rates" | "bodies",
      readonly {
        readonly title: string;
        readonly samples: Readonly<Record<string, readonly PathSample[]>>;
      }[]
    >
  >;
}

const folder = mkdtempSync(join(tmpdir(), "istio-mtls-lab-test-"));
const report = join(folder, "out.json");
const env = { ...process.env, XDG_STATE_HOME: folder };
// A later run that has ended, whose process ID now belongs to another process.
mkdirSync(join(folder, `istio-mtls-lab/9999-12-31T235959-${process.pid}`), { recursive: true });
// Another namespace and another host than in the stack files.
const settings = [
  "client:namespace=shop",
  'server:clients=[{"name":"client","dnsName":"client.demodomain21.com","trustDomain":"client.demodomain21.com","namespace":"shop"}]',
  'server:services=[{"host":"orders.demodomain21.com","namespace":"httpbin","service":"httpbin","port":8000}]',
].flatMap((setting) => ["--set", setting]);
const lab = spawn(process.execPath, ["lab/start.mjs", "--keep", "--json", report, ...settings], {
  env,
  stdio: ["ignore", "pipe", "inherit"],
});
const ended = new Promise((done) => lab.on("exit", done));
let output = "";
lab.stdout.on("data", (chunk: Buffer) => (output += chunk.toString()));

/** Runs a command in the lab's shell; returns its standard output. */
async function runInLab(command: string): Promise<string> {
  const shell = ["run", "--silent", "lab:shell", "--", "bash", "-c", command];
  const { stdout } = await run("npm", shell, { env });
  return stdout;
}

beforeAll(() =>
  until("the lab to stay up", () => output.includes("stays up until Ctrl-C") || undefined, {
    deadlineMs: 300_000,
  }),
);

afterAll(async () => {
  lab.kill("SIGINT");
  await ended;
  rmSync(folder, { recursive: true });
});

test("the report exists while the lab stays up", () => {
  expect(readReport(report).checks.length).toBeGreaterThan(40);
});

test("the command that the lab prints sends the request", async () => {
  const command = /^ {2}(kubectl .*)$/m.exec(output)?.[1] ?? "";
  expect(await runInLab(`${command} -o /dev/null -w '%{http_code}'`)).toBe("200");
});

test("in its shell, npm run verify passes the same checks", async () => {
  const results = join(folder, "verified.json");
  await runInLab(
    `IFS=: read -r server client <<< "$KUBECONFIG" && npm run --silent verify -- ` +
      `--server-kubeconfig "$server" --client-kubeconfig "$client" --json '${results}' --report '${folder}'`,
  );
  const { checks, path } = readReport(results);
  // `npm run verify` cannot intercept traffic, has no key of other clients, and has nothing to search without --search.
  expect(checks.filter(({ skipped }) => skipped).map(({ slug }) => slug)).toEqual([
    "ingress/host-of-other-clients",
    "ingress/suspended-client",
    "egress/server-of-another-ca",
    "egress/server-with-another-name",
    "egress/server-by-stolen-client-key",
    "egress/server-with-old-tls",
    "secrets/no-key-leaked",
  ]);
  expect(failures(checks)).toEqual([]);
  expect(path).toHaveProperty("hops");
  expect(readFileSync(pageFile(folder), "utf8")).toContain("Every check that ran has passed");
});

describe("npm run bench, in its shell", () => {
  let path: PathReport["samples"];
  beforeAll(async () => {
    // The lab has no way to the internet.
    await buildVegeta();
    const file = join(folder, "path.json");
    await runInLab(
      `npm run --silent bench -- path --repeats 5 --seconds 1 --json '${file}' --plots '${folder}'`,
    );
    path = (JSON.parse(readFileSync(file, "utf8")) as PathReport).samples;
  });

  test("measures all ways, and gets every answer on the deployed one", () => {
    const all = [...path.saturation, ...path.rates, ...path.bodies];
    expect(all.length).toBeGreaterThan(6);
    for (const { samples } of all) {
      expect(Object.keys(samples)).toEqual([DEPLOYED, STATIC, DIRECT]);
      for (const sample of samples[DEPLOYED] ?? []) {
        expect(sample).toMatchObject({ failed: 0, errors: [] });
        expect(sample.requests).toBeGreaterThan(0);
      }
    }
  });

  test("the deployed proxies take little more processor time per request than static ones", () => {
    // Of all loads and repeats, because a busy moment of the machine makes some ratios larger.
    const times = (way: string) =>
      path.saturation.flatMap(({ samples }) => (samples[way] ?? []).map(({ totalMs }) => totalMs));
    expect(ratioOf(times(DEPLOYED), times(STATIC)).median).toBeLessThan(MOST_PROCESSOR_TIME);
  });
});
