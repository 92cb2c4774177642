import type { Kubectl } from "../kubectl";
import { alertIn } from "../probe/alerts";

/** A container in which to run curl. */
export interface CurlPlace {
  readonly kubectl: Kubectl;
  readonly namespace: string;
  /** `pod/NAME` or `deploy/NAME`. */
  readonly pod: string;
  readonly container: string;
}

/** What came of a call by curl. */
export type CurlResult =
  | {
      readonly kind: "answer";
      readonly status: number;
      readonly body: string;
    }
  | {
      readonly kind: "failed";
      readonly exit: number;
      readonly message: string;
      /** Address that took the connection; undefined when none did. */
      readonly connectedTo: string | undefined;
      /** The TLS alert that the peer sent, if it sent one. */
      readonly alert: string | undefined;
    };

/** Between the body and what curl says of the transfer. */
const MARK = "\n@@transfer ";
const SECONDS = 15;

/**
 * Runs curl in a pod. How it went is read from what curl writes, not from kubectl's exit code, which is also that of an
 * exec that failed.
 *
 * @throws Error when curl could not be run
 */
export async function curl(place: CurlPlace, args: readonly string[]): Promise<CurlResult> {
  const { namespace, pod, container } = place;
  const { stdout, stderr } = await place.kubectl(
    [
      ...["exec", "-n", namespace, pod, "-c", container, "--"],
      ...["curl", "-sS", "--max-time", String(SECONDS), "-w", `${MARK}%{json}`, ...args],
    ],
    { timeoutMs: (SECONDS + 15) * 1000 },
  );
  const end = stdout.lastIndexOf(MARK);
  if (end === -1) {
    const complaint = stderr.trim().split("\n").at(-1) ?? "";
    throw new Error(`curl did not run in ${namespace}/${pod}: ${complaint}`);
  }
  return transfer(stdout.slice(0, end), stdout.slice(end + MARK.length));
}

interface Transfer {
  readonly exitcode: number;
  readonly errormsg: string | null;
  readonly http_code: number;
  readonly remote_ip: string;
  readonly time_connect: number;
}

function transfer(body: string, json: string): CurlResult {
  const said = JSON.parse(json) as Transfer;
  if (said.exitcode === 0) return { kind: "answer", status: said.http_code, body };
  const message = said.errormsg ?? "no message";
  return {
    kind: "failed",
    exit: said.exitcode,
    message,
    connectedTo: wasConnected(said) ? said.remote_ip : undefined,
    alert: alertIn(message),
  };
}

/** Of a connection that ends in the handshake curl 7 tells no time, but a handshake there was. */
function wasConnected({ exitcode, remote_ip, time_connect }: Transfer): boolean {
  return remote_ip !== "" && (time_connect > 0 || CLOSED.has(exitcode));
}

/** curl's exit codes for a connection that was taken and then closed by the other side. */
const CLOSED = new Map([
  [35, "in the TLS handshake"],
  [52, "instead of an answer"],
  [55, "while sending"],
  [56, "while receiving"],
]);

/** Whether the other side took the connection and closed it without a word. */
export function isClosed(result: CurlResult): boolean {
  return (
    result.kind === "failed" &&
    CLOSED.has(result.exit) &&
    result.connectedTo !== undefined &&
    result.alert === undefined
  );
}

/** A result in words. */
export function describeCurl(result: CurlResult): string {
  if (result.kind === "answer") return String(result.status);
  if (result.alert !== undefined) return `alert "${result.alert}"`;
  if (result.exit === 28) return "time-out";
  if (isClosed(result)) {
    return `connection to ${result.connectedTo ?? ""} closed ${CLOSED.get(result.exit) ?? ""}`;
  }
  return `${result.message} (curl's exit ${result.exit})`;
}
