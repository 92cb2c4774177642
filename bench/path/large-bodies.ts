import { HTTPBIN } from "../../components/samples/names";
import { requireOutput } from "../../checks/toolkit/kubectl";
import type { RunningLab } from "../in-lab";

const MAX_BODY_BYTES = 16 * 2 ** 20;

/** Lets the deployed httpbin send large bodies; the returned function undoes that. */
export async function allowLargeBodies({
  meshes: { server },
}: RunningLab): Promise<() => Promise<void>> {
  const set = async (variable: string) => {
    const deployment = ["-n", server.service.namespace, `deployment/${HTTPBIN}`];
    await requireOutput(server.kubectl, ["set", "env", ...deployment, variable]);
    await requireOutput(server.kubectl, ["rollout", "status", ...deployment, "--timeout=60s"], {
      timeoutMs: 70_000,
    });
  };
  await set(`MAX_BODY_SIZE=${MAX_BODY_BYTES}`);
  return () => set("MAX_BODY_SIZE-");
}
