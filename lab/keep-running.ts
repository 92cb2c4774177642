import { once } from "node:events";

import type { Meshes } from "../checks/meshes";

/** Prints how to open a shell in the running lab, and waits until the user interrupts the lab. */
export async function keepRunning({ client, hosts }: Meshes, signal: AbortSignal): Promise<void> {
  console.log(`
The lab stays up until Ctrl-C. To open a shell in it, run this in another terminal, in this folder:

  npm run lab:shell

The shell has kubectl, and the contexts client and server. To send the request from there:

  kubectl --context client exec -n ${client.namespace} deploy/client -c client -- curl -sS http://${hosts[0]}/headers
`);
  if (!signal.aborted) await once(signal, "abort");
}
