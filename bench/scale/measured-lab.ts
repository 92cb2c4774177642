import type { Kubectl } from "../../checks/toolkit/kubectl";
import { ROOT_NAMESPACE } from "../../components/istio/root-namespace";
import type { Stacks } from "../../lab/scenario/stacks";
import { openRunningLab, type RunningLab } from "../in-lab";
import { openLabStacks } from "../open-stacks";
import { findInPods } from "../path/pods";
import { findDeployedProxies, type ProxyPids } from "../path/proxies";
import type { MeasuredMesh } from "./acknowledge";
import type { BothEnds } from "./both-ends";

/** A running lab, with the processes to measure. */
export interface MeasuredLab {
  readonly running: RunningLab;
  readonly stacks: Stacks;
  readonly meshes: BothEnds<MeasuredMesh>;
  readonly proxies: ProxyPids;
}

/** Finds the processes to measure. */
export async function openMeasuredLab(): Promise<MeasuredLab> {
  const running = await openRunningLab();
  const { server, client } = running.meshes;
  return {
    running,
    stacks: await openLabStacks(running),
    meshes: { server: await findIstiod(server.kubectl), client: await findIstiod(client.kubectl) },
    proxies: await findDeployedProxies(running.meshes),
  };
}

async function findIstiod(kubectl: Kubectl): Promise<MeasuredMesh> {
  const selection = { kubectl, namespace: ROOT_NAMESPACE, selector: "app=istiod" };
  const [istiod] = await findInPods(selection, "pilot-discovery");
  return { kubectl, istiod };
}
