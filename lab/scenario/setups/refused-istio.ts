import { Steps } from "../../process/steps";
import { runOperation } from "../../program/run-operation";
import { setConfig } from "../../program/stack";
import { PLATFORM_REVISION } from "../scenarios";
import type { SetupStage } from ".";

/** What `pulumi up` refuses before it creates anything, and its message. */
const REFUSED = [
  [{ revision: "absent" }, "resource 'istio-system/istio-absent' does not exist"],
  [
    { revision: PLATFORM_REVISION, trustDomain: "other.example.com" },
    'existingIstio.trustDomain: must be the mesh\'s trust domain, "cluster.local"',
  ],
] as const;

/** The failure of the operation is what this step wants to see. */
const SILENT = new Steps({ out: { write: () => true, isTTY: false, columns: 80 } });

/** Requires that the server's stack refuses a control plane that is not there, and one of another trust domain. */
export async function requireRefusals({ stacks: { server, context } }: SetupStage): Promise<void> {
  const { value } = await server.getConfig("existingIstio");
  for (const [existingIstio, expected] of REFUSED) {
    await setConfig(server, { existingIstio });
    const text = JSON.stringify(existingIstio);
    await context.steps.run(`refuse existingIstio ${text}`, async () => {
      const outcome = await runOperation(server, "up", { ...context, steps: SILENT }).then(
        () => "success",
        (error: unknown) => String(error),
      );
      if (outcome.includes(expected)) return;
      throw new Error(
        `pulumi up server with existingIstio ${text} must fail with "${expected}" (got ${outcome})`,
      );
    });
  }
  await setConfig(server, { existingIstio: JSON.parse(value) as { readonly revision: string } });
}
