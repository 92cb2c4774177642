import { compareTrust } from "../../../checks/suites/certificates/trust-anchors";
import type { Meshes } from "../../../checks/meshes";
import { until } from "../../process/until";
import type { Stage } from "../story";

/** The kubelet updates the files of a Secret within two minutes. istiod and the proxies then follow within seconds. */
const FOLLOW_MS = 240_000;

/** Waits until all proxies have the trust anchors of the last update, and certificates under the root of their mesh's CA. */
export async function waitForSameTrust({ meshes, load }: Stage): Promise<void> {
  const startedAt = Date.now();
  await until("all proxies to follow", () => requireSameTrust(meshes), { deadlineMs: FOLLOW_MS });
  load.note("ms until all proxies follow", Date.now() - startedAt);
  await load.untilSteady();
}

/** @throws Error that lists the proxies that have not followed */
async function requireSameTrust(meshes: Meshes): Promise<true> {
  const { problems } = await compareTrust(meshes);
  if (problems.length > 0) throw new Error(problems.join("; "));
  return true;
}
