import type { IncomingHttpHeaders } from "node:http";

import { alertIn } from "./alerts";

/** How far a probe came. */
export type Stage = "connection" | "handshake" | "request";

/** How a server took a probe. */
export type ProbeResult =
  | {
      readonly kind: "response";
      readonly status: number;
      readonly headers: IncomingHttpHeaders;
      readonly body: string;
      /** TLS version, such as `TLSv1.3`; absent without TLS. */
      readonly protocol?: string;
    }
  /** The server ended the handshake, and said why. */
  | { readonly kind: "alert"; readonly alert: string }
  /** The server closed or reset the connection without a word. */
  | { readonly kind: "reset"; readonly during: Stage }
  /** Nobody took the connection. */
  | { readonly kind: "unreachable"; readonly reason: string }
  /** The server's certificate was not good enough for the probe. */
  | { readonly kind: "untrusted"; readonly reason: string }
  | { readonly kind: "timeout"; readonly during: Stage; readonly seconds: number }
  /** The probe itself failed. */
  | { readonly kind: "failed"; readonly reason: string };

/** A result in words. */
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
      return `time-out: nothing within ${result.seconds} s of the ${result.during}`;
    case "failed":
      return `the probe failed: ${result.reason}`;
  }
}

/** What an error of the socket, or of the request on it, says about the server. */
export function resultOf(error: NodeJS.ErrnoException, during: Stage): ProbeResult {
  const alert = alertIn(error.message);
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
