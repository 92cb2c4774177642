import type { ProbeResult } from "./result";

/** The manner in which a server must refuse. */
export type Refusal =
  | { readonly alert: string }
  | { readonly status: number }
  /** The server closes the connection without an alert. */
  | { readonly closed: true };

/** A refusal as text for the report. */
export function describeRefusal(refusal: Refusal): string {
  if ("alert" in refusal) return `alert "${refusal.alert}"`;
  return "status" in refusal ? String(refusal.status) : "connection closed";
}

/** Whether the server refused in exactly this manner. */
export function isRefused(result: ProbeResult, refusal: Refusal): boolean {
  if ("alert" in refusal) return result.kind === "alert" && result.alert === refusal.alert;
  if ("status" in refusal) return result.kind === "response" && result.status === refusal.status;
  return result.kind === "reset" && result.during !== "connection";
}
