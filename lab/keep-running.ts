import { once } from "node:events";

import type { Meshes } from "../checks/meshes";

/** Says how to get into a lab that stays up, and waits until it is interrupted. */
export async function keepRunning({ client, hosts }: Meshes, signal: AbortSignal): Promise<void> {
  console.log(`
The lab stays up until Ctrl-C. From another terminal, in this folder:

  npm run lab:shell

is a shell inside of it, with kubectl and the contexts client and server; and in that shell:

  kubectl --context client exec -n ${client.namespace} deploy/client -c client -- curl -sS http://${hosts[0]}/headers
`);
  if (!signal.aborted) await once(signal, "abort");
}
