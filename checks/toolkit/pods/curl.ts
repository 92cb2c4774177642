import { lastLine } from "../kubectl";
import { parseAlert } from "../probe/alerts";
import type { ContainerRef } from "./container";

/** How a request by curl ended. */
export type CurlResult =
  | {
      readonly kind: "answer";
      readonly status: number;
      readonly body: string;
    }
  | {
      readonly kind: "failed";
      readonly exitCode: number;
      readonly message: string;
      /** Address that accepted the connection; undefined if none did. */
      readonly connectedTo: string | undefined;
      /** TLS alert from the server, if any. */
      readonly alert: string | undefined;
    };

/** Separates the body from curl's report on the transfer. */
const MARK = "\n@@transfer ";
const OUTPUT = new RegExp(`^(.*)${MARK}([^\n]*)`, "s");
const MAX_SECONDS = 15;

/**
 * Runs curl in a pod. Reads the result from curl's own report, because kubectl's exit code can also be that of a failed
 * exec.
 *
 * @throws Error when curl did not run
 */
export async function curl(container: ContainerRef, args: readonly string[]): Promise<CurlResult> {
  const { kubectl, namespace, pod } = container;
  const { stdout, stderr } = await kubectl(
    ["exec", "-n", namespace, pod, "-c", container.container, "--", ...curlCommand(args)],
    { timeoutMs: (MAX_SECONDS + 15) * 1000 },
  );
  const result = parseCurl(stdout);
  if (!result) throw new Error(`curl did not run in ${namespace}/${pod}: ${lastLine(stderr)}`);
  return result;
}

/** The command that runs curl so that {@link parseCurl} can read its output. */
export function curlCommand(args: readonly string[]): string[] {
  return ["curl", "-sS", "--max-time", String(MAX_SECONDS), "-w", `${MARK}%{json}\n`, ...args];
}

/** The command that runs `command` with these bytes as its input. */
export function withInput(bytes: readonly number[], command: readonly string[]): string[] {
  const escaped = bytes.map((byte) => `\\${byte.toString(8).padStart(3, "0")}`).join("");
  return ["sh", "-c", `printf '${escaped}' | "$@"`, "sh", ...command];
}

/** Reads the output of {@link curlCommand}. Returns undefined if curl has not ended. */
export function parseCurl(output: string): CurlResult | undefined {
  const [, body = "", json] = OUTPUT.exec(output) ?? [];
  return json === undefined ? undefined : readTransfer(body, json);
}

interface Transfer {
  readonly exitcode: number;
  readonly errormsg: string | null;
  readonly http_code: number;
  readonly remote_ip: string;
  readonly time_connect: number;
}

function readTransfer(body: string, json: string): CurlResult {
  const transfer = JSON.parse(json) as Transfer;
  if (transfer.exitcode === 0) return { kind: "answer", status: transfer.http_code, body };
  const message = transfer.errormsg ?? "no message";
  return {
    kind: "failed",
    exitCode: transfer.exitcode,
    message,
    connectedTo: isConnected(transfer) ? transfer.remote_ip : undefined,
    alert: parseAlert(message),
  };
}

/** curl 7 reports no connect time when the TLS handshake fails, so its exit code counts as well. */
function isConnected({ exitcode, remote_ip, time_connect }: Transfer): boolean {
  return remote_ip !== "" && (time_connect > 0 || CLOSED.has(exitcode));
}

/** curl's exit codes for a connection that the server accepted and then closed. */
const CLOSED = new Map([
  [35, "during the TLS handshake"],
  [52, "without an answer"],
  [55, "while sending"],
  [56, "while receiving"],
]);

/** Whether the server accepted the connection and closed it without an alert. */
export function isClosed(result: CurlResult): boolean {
  return (
    result.kind === "failed" &&
    CLOSED.has(result.exitCode) &&
    result.connectedTo !== undefined &&
    result.alert === undefined
  );
}

/** How the network blocked a connection: without an answer, or with an error. Undefined if it did not. */
export function describeBlock(result: CurlResult): string | undefined {
  if (result.kind === "answer" || result.connectedTo !== undefined) return undefined;
  const { exitCode, message } = result;
  if (exitCode === 7) return `rejected: ${message}`;
  return exitCode === 28 && !message.startsWith("Resolving") ? "dropped" : undefined;
}

/** A result as text for the report. */
export function describeCurl(result: CurlResult): string {
  if (result.kind === "answer") return String(result.status);
  if (result.alert !== undefined) return `alert "${result.alert}"`;
  if (result.exitCode === 28) return "time-out";
  if (isClosed(result)) {
    return `connection to ${result.connectedTo ?? ""} closed ${CLOSED.get(result.exitCode) ?? ""}`;
  }
  return `${result.message} (curl exit code ${result.exitCode})`;
}
