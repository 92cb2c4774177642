import { writeFileSync } from "node:fs";
import { join } from "node:path";

import { buildGoModule } from "../../lab/prepare/build-go-module";
import { getCacheFolder } from "../../lab/prepare/user-folders";
import { runCommand } from "../../lab/process/run-command";
import { Steps } from "../../lab/process/steps";

/** Builds Vegeta into the user's cache, if it is not there; returns the path of its program. */
export async function buildVegeta(steps = new Steps()): Promise<string> {
  const module = { name: "vegeta", folder: join(__dirname, "vegeta"), packages: ["tool"] };
  const built = await steps.run("build Vegeta", (step) =>
    buildGoModule(getCacheFolder(), module, step, new AbortController().signal),
  );
  return join(built, "bin/vegeta");
}

/** Requests to send. */
export interface Attack {
  readonly url: string;
  /** Where to connect, instead of to the host of the URL: `host:port:address:port`. */
  readonly connectTo?: string;
  readonly seconds: number;
  /** Requests at the same time, each as soon as the one before it has its answer; or requests per second, whatever the answers do. */
  readonly load: { readonly connections: number } | { readonly rate: number };
  /** Network namespace to send from, such as /run/netns/client-node. */
  readonly netns: string;
  /** Further flags of `vegeta attack`. */
  readonly flags?: readonly string[];
}

/** How requests were answered. */
export interface Outcome {
  readonly requests: number;
  readonly seconds: number;
  /** Answers with the expected status, per second. */
  readonly perSecond: number;
  readonly p50Ms: number;
  readonly p90Ms: number;
  readonly p99Ms: number;
  /** Requests without such an answer. */
  readonly failed: number;
  /** What was wrong with them, without repetitions. */
  readonly errors: readonly string[];
}

/** Sends requests with Vegeta. It counts the time that a request waits because earlier ones are slow. */
export async function attack(
  vegeta: string,
  folder: string,
  { url, connectTo, seconds, load, netns, flags = [] }: Attack,
  expectedStatus = "200",
): Promise<Outcome> {
  const targets = join(folder, "targets");
  const results = join(folder, "results");
  writeFileSync(targets, `GET ${url}\n`);
  const pace =
    "rate" in load
      ? [`-rate=${Math.max(1, Math.round(load.rate))}`]
      : ["-rate=0", `-workers=${load.connections}`, `-max-workers=${load.connections}`];
  const enter = [`--net=${netns}`, "--", vegeta];
  await runCommand("nsenter", [
    ...enter,
    ...["attack", `-targets=${targets}`, `-output=${results}`, `-duration=${seconds}s`, ...pace],
    // Otherwise it keeps all bodies.
    ...[
      "-max-body=0",
      "-timeout=60s",
      ...(connectTo === undefined ? [] : [`-connect-to=${connectTo}`]),
    ],
    ...flags,
  ]);
  return parseVegeta(await runCommand(vegeta, ["report", "-type=json", results]), expectedStatus);
}

interface VegetaReport {
  readonly latencies: Readonly<Record<"50th" | "90th" | "99th", number>>;
  /** Nanoseconds. */
  readonly duration: number;
  readonly wait: number;
  readonly requests: number;
  readonly status_codes: Readonly<Record<string, number>>;
  readonly errors: readonly string[];
}

const NS_PER_MS = 1e6;

/** Parses the report that Vegeta writes as JSON. */
export function parseVegeta(text: string, expectedStatus: string): Outcome {
  const { latencies, duration, wait, requests, status_codes, errors } = JSON.parse(
    text,
  ) as VegetaReport;
  const seconds = (duration + wait) / 1e9;
  const expected = status_codes[expectedStatus] ?? 0;
  return {
    requests,
    seconds,
    perSecond: expected / seconds,
    p50Ms: latencies["50th"] / NS_PER_MS,
    p90Ms: latencies["90th"] / NS_PER_MS,
    p99Ms: latencies["99th"] / NS_PER_MS,
    failed: requests - expected,
    errors,
  };
}
