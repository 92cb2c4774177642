import { setTimeout as delay } from "node:timers/promises";

import { type Kubectl, output } from "../kubectl";

/** Whose log to read. */
export interface LogOf {
  readonly kubectl: Kubectl;
  readonly namespace: string;
  /** Label selector of the pods. */
  readonly selector: string;
}

/** Envoy writes its access log when a request is over, and hands it on about once a second. */
const DEADLINE_MS = 10_000;

/** Waits for a line of a proxy's access log; undefined when none comes. */
export async function proxyLogLine(
  { kubectl, namespace, selector }: LogOf,
  matches: (line: string) => boolean,
): Promise<string | undefined> {
  const end = Date.now() + DEADLINE_MS;
  for (;;) {
    const log = await output(kubectl, [
      ...["logs", "-n", namespace, "-l", selector],
      ...["-c", "istio-proxy", "--tail=500", "--max-log-requests=20"],
    ]);
    const line = log.split("\n").find(matches);
    if (line !== undefined || Date.now() > end) return line;
    await delay(250);
  }
}

/** A field that the program adds to the access log: `name=value` or `name="value"`. */
export function logField(line: string, name: string): string | undefined {
  return new RegExp(`(?:^| )${name}=(?:"([^"]*)"|(\\S*))`).exec(line)?.slice(1).find(Boolean);
}
