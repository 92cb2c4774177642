import { getObject } from "../../../checks/toolkit/kubectl";
import type { Meshes } from "../../../checks/meshes";
import { changeClients } from "../../program/change-clients";
import { runOperation } from "../../program/run-operation";
import { setConfig } from "../../program/stack";
import { bringUp } from "../stacks";
import type { Story } from "../story";

/** The client mesh, which made its CA's key, moves to a key of the server and back: docs/security.md. */
export const signingRequest: Story = {
  async tell({ stacks, meshes, load }) {
    const { server, client, context } = stacks;
    const podsBefore = await listPods(meshes);

    load.begin("the server makes a key again");
    // Of the lab's clients, only the client mesh has a request.
    await changeClients(server, (each) => ({ ...each, signingRequestPem: undefined }));
    await runOperation(server, "up", context);
    await runOperation(client, "up", context);

    load.begin("the client's own key goes");
    await setConfig(client, { intermediateKey: "server" });
    await runOperation(client, "up", context);

    load.begin("the client makes its key again");
    await setConfig(client, { intermediateKey: "client" });
    await bringUp(stacks);

    const podsAfter = await listPods(meshes);
    if (podsAfter.join() !== podsBefore.join()) {
      throw new Error(
        `A change of the key must replace no pod (before: ${podsBefore.join(", ")}; after: ${podsAfter.join(", ")})`,
      );
    }
  },
};

interface Pods {
  readonly items: readonly { readonly metadata: { readonly name: string; readonly uid: string } }[];
}

async function listPods({ server, client }: Meshes): Promise<readonly string[]> {
  const lists = [server, client].map(({ kubectl }) => getObject<Pods>(kubectl, ["pods", "-A"]));
  return (await Promise.all(lists))
    .flatMap(({ items }) => items.map(({ metadata: { name, uid } }) => `${name} ${uid}`))
    .sort();
}
