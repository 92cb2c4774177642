import type { Meshes } from "../../checks/meshes";
import { clientPod } from "../../checks/toolkit/pods/container";
import { curl, describeCurl } from "../../checks/toolkit/pods/curl";
import { until } from "../process/until";

/**
 * Repeats a request from the client pod until its outcome is the expected one: right after an update, the proxies do not
 * know its changes yet.
 *
 * @throws Error with the last outcome
 */
export async function expectFromClient(
  meshes: Meshes,
  expected: string,
  args: readonly string[],
): Promise<void> {
  await until(`${expected} for curl ${args.join(" ")}`, async () => {
    const outcome = describeCurl(await curl(clientPod(meshes), args));
    if (outcome === expected) return true;
    throw new Error(`got ${outcome}`);
  });
}
