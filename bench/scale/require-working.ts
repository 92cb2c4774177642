import { requireOutput } from "../../checks/toolkit/kubectl";
import { findDeployedProxies, PROXIES } from "../path/proxies";
import type { BothEnds } from "./both-ends";
import type { IstiodReading } from "./istiod-sample";
import type { MeasuredLab } from "./measured-lab";

/**
 * Requires that no limit was hit in silence: no proxy refused its configuration or ended, for example because of its limit of
 * memory, and the hosts answer through both gateways.
 *
 * @throws Error that names what is wrong
 */
export async function requireWorking(
  { running: { meshes }, proxies }: MeasuredLab,
  readings: BothEnds<IstiodReading>,
  hosts: readonly string[],
): Promise<void> {
  for (const [end, { counters }] of Object.entries(readings)) {
    if (counters.refused > 0) {
      throw new Error(`a proxy of the ${end}'s mesh has refused its configuration`);
    }
  }
  const now = await findDeployedProxies(meshes);
  const ended = PROXIES.filter((name) => proxies[name].join() !== now[name].join());
  if (ended.length > 0) throw new Error(`a process of this proxy has ended: ${ended.join(", ")}`);
  const { kubectl, namespace } = meshes.client;
  for (const host of hosts) {
    const curl = ["curl", "-sS", "-o", "/dev/null", "-w", "%{http_code}", `http://${host}/get`];
    const pod = ["-n", namespace, "deploy/client", "-c", "client"];
    const status = await requireOutput(kubectl, ["exec", ...pod, "--", ...curl]);
    if (status !== "200") throw new Error(`${host} must answer with 200 (got ${status})`);
  }
}
