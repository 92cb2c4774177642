import type { IncomingHttpHeaders } from "node:http";

import { parseAlert } from "./alerts";

/** The stage that a probe reached. */
export type Stage = "connection" | "handshake" | "request";

/** How a server answered a probe. */
export type ProbeResult =
  | {
      readonly kind: "response";
      readonly status: number;
      readonly headers: IncomingHttpHeaders;
      readonly body: string;
      /** TLS version, such as `TLSv1.3`; absent without TLS. */
      readonly protocol?: string;
    }
  /** The server ended the handshake with a TLS alert. */
  | { readonly kind: "alert"; readonly alert: string }
  /** The server closed or reset the connection without an alert. */
  | { readonly kind: "reset"; readonly during: Stage }
  /** No server accepted the connection. */
  | { readonly kind: "unreachable"; readonly reason: string }
  /** The probe rejected the server's certificate. */
  | { readonly kind: "untrusted"; readonly reason: string }
  | { readonly kind: "timeout"; readonly during: Stage; readonly seconds: number }
  /** The probe itself failed. */
  | { readonly kind: "failed"; readonly reason: string };

/** A result as text for the report. */
export function describeResult(result: ProbeResult): string {
  switch (result.kind) {
    case "response":
      return `${result.status}${result.protocol === undefined ? "" : ` over ${result.protocol}`}`;
    case "alert":
      return `alert "${result.alert}"`;
    case "reset":
      return `connection closed during the ${result.during}`;
    case "unreachable":
      return `no connection: ${result.reason}`;
    case "untrusted":
      return `the server's certificate is not trusted: ${result.reason}`;
    case "timeout":
      return `time-out after ${result.seconds} s during the ${result.during}`;
    case "failed":
      return `the probe failed: ${result.reason}`;
  }
}

/** What an error of the socket or of the request says about the server. */
export function classifyError(error: NodeJS.ErrnoException, during: Stage): ProbeResult {
  const alert = parseAlert(error.message);
  if (alert !== undefined) return { kind: "alert", alert };
  switch (error.code) {
    case "ECONNRESET":
    case "EPIPE":
      return { kind: "reset", during };
    case "ECONNREFUSED":
    case "EHOSTUNREACH":
    case "ENETUNREACH":
    case "ENOTFOUND":
      return { kind: "unreachable", reason: error.code };
    default:
      return { kind: "failed", reason: error.message };
  }
}
