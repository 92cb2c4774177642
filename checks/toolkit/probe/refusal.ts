import type { ProbeResult } from "./result";

/** How a request must be refused. */
export type Refusal =
  | { readonly alert: string }
  | { readonly status: number }
  /** The connection is closed without a word. */
  | { readonly reset: true };

/** A refusal in words. */
export function describeRefusal(refusal: Refusal): string {
  if ("alert" in refusal) return `alert "${refusal.alert}"`;
  return "status" in refusal ? String(refusal.status) : "connection closed";
}

/** Whether a server refused in just that way. */
export function isRefused(result: ProbeResult, refusal: Refusal): boolean {
  if ("alert" in refusal) return result.kind === "alert" && result.alert === refusal.alert;
  if ("status" in refusal) return result.kind === "response" && result.status === refusal.status;
  return result.kind === "reset" && result.during !== "connection";
}
