import { Workbench } from "../../../checks/runner/workbench";
import { testCertificates } from "../../../checks/toolkit/fixtures/test-certificates";
import { issue, randomSerial } from "../../../checks/toolkit/pki/leaf";
import { probeIngress } from "../../../checks/toolkit/probe/ingress";
import { describeResult } from "../../../checks/toolkit/probe/result";
import { until } from "../../process/until";
import { setConfig } from "../../program/stack";
import { bringUp } from "../stacks";
import type { Stage, Story } from "../story";

/** One of the client's certificates is revoked, and admitted again. The client's own gateway is not affected. */
export const revoke: Story = {
  async tell(stage) {
    const { meshes, load } = stage;
    const { clientCa, clientLeaf } = await new Workbench(meshes).use(testCertificates);
    const serial = randomSerial();
    const credential = await issue({ ...clientLeaf(), serialNumber: serial }, clientCa);
    const probe = async () => describeResult(await probeIngress(meshes, { credential }));
    const waitFor = async (what: string) => {
      await until(what, async () => ((await probe()) === what ? true : undefined), {
        deadlineMs: 30_000,
      });
    };
    const accepted = await probe();

    load.begin("revoked");
    await setRevoked(stage, [{ issuer: "client", serial, reason: "keyCompromise" }]);
    await waitFor('alert "certificate revoked"');
    await load.untilSteady();

    load.begin("lists without it");
    await setRevoked(stage, [{ issuer: "client", serial: "01", reason: "superseded" }]);
    await waitFor(accepted);
    await load.untilSteady();

    load.begin("no lists");
    await setRevoked(stage, []);
    await waitFor(accepted);
  },
};

async function setRevoked(
  { stacks }: Stage,
  revoked: readonly Readonly<Record<string, string>>[],
): Promise<void> {
  await setConfig(stacks.server, { revoked });
  await bringUp(stacks);
}
