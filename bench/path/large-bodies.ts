import { HTTPBIN } from "../../components/samples/names";
import { requireOutput } from "../../checks/toolkit/kubectl";
import type { RunningLab } from "../in-lab";
import { finishRollout } from "./rollout";

const MAX_BODY_BYTES = 16 * 2 ** 20;

/** Lets the deployed httpbin send large bodies; the returned function undoes that. */
export async function allowLargeBodies({
  meshes: { server },
}: RunningLab): Promise<() => Promise<void>> {
  const set = async (variable: string) => {
    const { kubectl, service } = server;
    const deployment = ["-n", service.namespace, `deployment/${HTTPBIN}`];
    await requireOutput(kubectl, ["set", "env", ...deployment, variable]);
    await finishRollout({ kubectl, namespace: service.namespace, name: HTTPBIN });
  };
  await set(`MAX_BODY_SIZE=${MAX_BODY_BYTES}`);
  return () => set("MAX_BODY_SIZE-");
}
