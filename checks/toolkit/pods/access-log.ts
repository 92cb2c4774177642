import { type Kubectl, requireOutput } from "../kubectl";
import { poll, type PollOptions } from "../poll";
import { PROXY_CONTAINER } from "./container";

/** The pods whose log to read. */
export interface LogSource {
  readonly kubectl: Kubectl;
  readonly namespace: string;
  /** Label selector of the pods. */
  readonly selector: string;
}

/** Envoy logs a request when it has ended, and flushes its log about once a second. */
const WAIT: PollOptions = { timeoutMs: 10_000, intervalMs: 250 };

/** Waits for a line in the access log of a proxy. Returns undefined if it does not appear in time, by default 10 s. */
export async function waitForLogLine(
  { kubectl, namespace, selector }: LogSource,
  isWanted: (line: string) => boolean,
  wait: Partial<PollOptions> = {},
): Promise<string | undefined> {
  return poll(
    async () => {
      const log = await requireOutput(kubectl, [
        ...["logs", "-n", namespace, "-l", selector],
        ...["-c", PROXY_CONTAINER, "--tail=500", "--max-log-requests=20"],
      ]);
      return log.split("\n").find(isWanted);
    },
    (line) => line !== undefined,
    { ...WAIT, ...wait },
  );
}

/** Reads a field that the program adds to the access log: `name=value` or `name="value"`. */
export function readLogField(line: string, name: string): string | undefined {
  return new RegExp(`(?:^| )${name}=(?:"([^"]*)"|(\\S*))`).exec(line)?.slice(1).find(Boolean);
}

/** The protocol in which a proxy received the request of a line. */
export function readLogProtocol(line: string): string | undefined {
  return /"[A-Z]+ \S+ (HTTP\/[\d.]+)"/.exec(line)?.[1];
}

/** The address and port to which a proxy connected, and those that it accepted, as Istio's default format has them. */
export function readLogAddresses(line: string): {
  readonly upstream?: string;
  readonly local?: string;
} {
  const [, upstream, local] =
    /"([^"\s]+:\d+)" \S+ \S+ (\S+:\d+) \S+ \S+ \S+(?: downstream_tls=|$)/.exec(line) ?? [];
  return { ...(upstream !== undefined && { upstream }), ...(local !== undefined && { local }) };
}
