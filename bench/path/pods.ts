import { type Kubectl, getObject } from "../../checks/toolkit/kubectl";
import { parseContainerId } from "../../lab/process/container-processes";
import { findProcesses } from "../processes";

/** Pods that a label selects. */
export interface PodSelection {
  readonly kubectl: Kubectl;
  readonly namespace: string;
  readonly selector: string;
}

/** What a container is made of. */
export interface ContainerTemplate {
  readonly image: string;
  readonly resources?: object | undefined;
  readonly env?: readonly object[] | undefined;
}

interface ContainerStatus {
  readonly containerID?: string;
}

interface Container extends ContainerTemplate {
  readonly name: string;
}

interface PodList {
  readonly items: readonly {
    readonly metadata: { readonly deletionTimestamp?: string };
    readonly spec: {
      readonly containers: readonly Container[];
      readonly initContainers?: readonly Container[];
    };
    readonly status: {
      readonly containerStatuses?: readonly ContainerStatus[];
      readonly initContainerStatuses?: readonly ContainerStatus[];
    };
  }[];
}

/** Lists them without those that shut down. */
async function listPods({ kubectl, namespace, selector }: PodSelection) {
  const { items } = await getObject<PodList>(kubectl, ["pods", "-n", namespace, "-l", selector]);
  return items.filter(({ metadata }) => metadata.deletionTimestamp === undefined);
}

/** Number of the pods. */
export async function countPods(selection: PodSelection): Promise<number> {
  return (await listPods(selection)).length;
}

/**
 * Reads what a container of the pods is made of. Istio's sidecar is among the init containers.
 *
 * @throws Error if no pod has it
 */
export async function readContainer(
  selection: PodSelection,
  name: string,
): Promise<ContainerTemplate> {
  const found = (await listPods(selection))
    .flatMap(({ spec: { containers, initContainers = [] } }) => [...containers, ...initContainers])
    .find((container) => container.name === name);
  if (found === undefined)
    throw new Error(`the pods ${selection.selector} have no container ${name}`);
  const { image, resources, env } = found;
  return { image, resources, env };
}

/**
 * Finds the processes with this name in the pods.
 *
 * @throws Error if no such process runs
 */
export async function findInPods(
  selection: PodSelection,
  program: string,
): Promise<readonly [number, ...number[]]> {
  const ids = (await listPods(selection))
    .flatMap(({ status: { containerStatuses = [], initContainerStatuses = [] } }) => [
      ...containerStatuses,
      ...initContainerStatuses,
    ])
    .flatMap(({ containerID }) => parseContainerId(containerID) ?? []);
  const [first, ...others] = findProcesses(ids, program);
  if (first !== undefined) return [first, ...others];
  const { selector, namespace } = selection;
  throw new Error(`no ${program} runs in the pods ${selector} of the namespace ${namespace}`);
}
