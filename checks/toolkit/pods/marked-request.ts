import { randomUUID } from "node:crypto";

import type { Meshes } from "../../meshes";
import { clientPod } from "./container";
import { curl, describeCurl } from "./curl";

/** A request that logs show. */
export interface MarkedRequest {
  /** Part of its URL. */
  readonly mark: string;
  /** httpbin's answer. */
  readonly body: string;
}

/**
 * Sends a request with a mark from the client's pod to the first host.
 *
 * @throws Error if it does not get the status
 */
export async function sendMarked(
  meshes: Meshes,
  path: string,
  status: number,
): Promise<MarkedRequest> {
  const [host] = meshes.hosts;
  const mark = `check-${randomUUID()}`;
  const result = await curl(clientPod(meshes), [`http://${host}${path}?${mark}`]);
  if (result.kind === "answer" && result.status === status) return { mark, body: result.body };
  throw new Error(describeCurl(result));
}
