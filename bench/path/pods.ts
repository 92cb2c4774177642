import { type Kubectl, getObject } from "../../checks/toolkit/kubectl";
import { parseContainerId } from "../../lab/process/container-processes";
import { findProcesses } from "../processes";

/** Pods that a label selects. */
export interface PodSelection {
  readonly kubectl: Kubectl;
  readonly namespace: string;
  readonly selector: string;
}

interface ContainerStatus {
  readonly containerID?: string;
}

interface PodList {
  readonly items: readonly {
    readonly status: {
      readonly containerStatuses?: readonly ContainerStatus[];
      readonly initContainerStatuses?: readonly ContainerStatus[];
    };
  }[];
}

/**
 * Finds the processes with this name in the pods.
 *
 * @throws Error if no such process runs
 */
export async function findInPods(
  { kubectl, namespace, selector }: PodSelection,
  program: string,
): Promise<readonly [number, ...number[]]> {
  const { items } = await getObject<PodList>(kubectl, ["pods", "-n", namespace, "-l", selector]);
  const ids = items
    .flatMap(({ status: { containerStatuses = [], initContainerStatuses = [] } }) => [
      ...containerStatuses,
      ...initContainerStatuses,
    ])
    .flatMap(({ containerID }) => parseContainerId(containerID) ?? []);
  const [first, ...others] = findProcesses(ids, program);
  if (first !== undefined) return [first, ...others];
  throw new Error(`no ${program} runs in the pods ${selector} of the namespace ${namespace}`);
}
