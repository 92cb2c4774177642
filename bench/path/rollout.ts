import { type Kubectl, requireOutput } from "../../checks/toolkit/kubectl";

/** A Deployment. */
export interface Deployment {
  readonly kubectl: Kubectl;
  readonly namespace: string;
  readonly name: string;
}

/** Waits until the Deployment's new pods have replaced the old ones. */
export async function finishRollout(
  { kubectl, namespace, name }: Deployment,
  seconds = 60,
): Promise<void> {
  const rollout = ["rollout", "status", "-n", namespace, `deployment/${name}`];
  await requireOutput(kubectl, [...rollout, `--timeout=${seconds}s`], {
    timeoutMs: (seconds + 10) * 1000,
  });
}
