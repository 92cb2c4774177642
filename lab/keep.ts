import { once } from "node:events";
import { join } from "node:path";

import type { Cluster } from "./cluster/start-cluster";
import type { SiteName } from "./network/addresses";
import type { Settings } from "./settings";

/** Says how to get into a lab that stays up, and waits until it is interrupted. */
export async function keep(
  { run, tools }: Settings,
  clusters: Readonly<Record<SiteName, Cluster>>,
  signal: AbortSignal,
): Promise<void> {
  console.log(`
The lab stays up until Ctrl-C. A shell inside of it, from another terminal as the same user:

  nsenter --target "$(pgrep -n -f ${join(run, "settings.json")})" --net --mount --pid env PATH="${tools.bin}:$PATH" bash

and in that shell:

  export KUBECONFIG=${clusters.client.kubeconfig}    # or ${clusters.server.kubeconfig}
  kubectl get pods -A
  kubectl exec -n httpbin deploy/client -c client -- curl -sS http://application.demodomain21.com/headers
`);
  if (!signal.aborted) await once(signal, "abort");
}
