import { join } from "node:path";

import { kubectlFor, requireOutput } from "../../../checks/toolkit/kubectl";
import { startControllers } from "../../../lab/cluster/components";
import { startControlPlane } from "../../../lab/cluster/control-plane";
import { createHome, type Home } from "./home";

/** A home with the plugins under test, and a real API server with its controllers. */
export interface Bench extends Home {
  readonly kubeconfig: string;
  kubectl(args: readonly string[], input?: string): Promise<string>;
  stop(): Promise<void>;
}

export async function startBench(): Promise<Bench> {
  const home = await createHome();
  const { folder, bin } = home;
  const logs = join(folder, "logs");
  const dir = join(folder, "cluster");
  const controlPlane = await startControlPlane({ name: "contract", dir, bin, logs });
  // Deleting by owner, rolling out and emptying namespaces is the controllers' work; nobody runs pods here.
  const controllers = startControllers({ site: { name: "contract" }, controlPlane, bin, logs });
  const kubectl = kubectlFor({
    command: join(bin, "kubectl"),
    kubeconfig: controlPlane.kubeconfig,
    cacheDir: home.kubeCache,
  });
  return {
    ...home,
    kubeconfig: controlPlane.kubeconfigText,
    kubectl: (args, stdin) => requireOutput(kubectl, args, stdin === undefined ? {} : { stdin }),
    stop: async () => {
      await controllers.stop();
      await controlPlane.stop();
      await home.remove();
    },
  };
}
