import type { ProbeResult } from "./result";

/** The manner in which a server must refuse. */
export type Refusal =
  | { readonly alert: string }
  | { readonly status: number; readonly body?: string }
  /** The server closes the connection without an alert. */
  | { readonly closed: true };

/** A policy of the gateway refused the request. An application's 403 has another body. */
export const POLICY_DENIED: Refusal = { status: 403, body: "RBAC: access denied" };

/** A refusal as text for the report. */
export function describeRefusal(refusal: Refusal): string {
  if ("alert" in refusal) return `alert "${refusal.alert}"`;
  if (!("status" in refusal)) return "connection closed";
  const { status, body } = refusal;
  return body === undefined ? String(status) : `${status} ${JSON.stringify(body.trim())}`;
}

/** Whether the server refused in exactly this manner. */
export function isRefused(result: ProbeResult, refusal: Refusal): boolean {
  if ("alert" in refusal) return result.kind === "alert" && result.alert === refusal.alert;
  if ("status" in refusal) {
    const { status, body } = refusal;
    return (
      result.kind === "response" &&
      result.status === status &&
      (body === undefined || result.body === body)
    );
  }
  return result.kind === "reset" && result.during !== "connection";
}
