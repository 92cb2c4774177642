import { type Kubectl, requireOutput } from "../../../checks/toolkit/kubectl";
import type { Meshes } from "../../../checks/meshes";
import { until } from "../../process/until";
import { bringUp, destroyStacks } from "../stacks";
import type { Story } from "../story";
import { complete, interrupt } from "./interrupt";

const TRIALS = 5;
/** A destroy takes about this long. */
const DESTROY_MS = 10_000;

/** `pulumi destroy` is interrupted at random moments, and then finished. Nothing more may remain than after a whole one. */
export const interruptedDestroy: Story = {
  requestsMayFail: true,
  async tell({ stacks, meshes, load }) {
    load.begin("a whole destroy");
    await destroyStacks(stacks);
    const expected = await listBoth(meshes);
    await bringUp(stacks);
    await load.untilSteady();
    for (let trial = 1; trial <= TRIALS; trial += 1) {
      for (const signal of ["SIGINT", "SIGKILL"] as const) {
        load.begin(`destroy, ${signal}`);
        for (const end of ["client", "server"] as const) {
          const afterMs = Math.random() * DESTROY_MS;
          const how = { signal, afterMs };
          load.note(
            `${end} interrupted`,
            await interrupt(stacks[end], "destroy", stacks.context, how),
          );
          load.note(
            `${end} Helm repairs`,
            await complete(stacks[end], "destroy", stacks.context, meshes[end].kubectl),
          );
        }
        await until("the clusters as after a whole destroy", () => assertSame(meshes, expected));
        await bringUp(stacks);
        await load.untilSteady();
      }
    }
  },
};

/** Kubernetes makes these itself, again and again. */
const FLEETING = /^(events|leases|endpointslices|componentstatuses)\b/;

/** All objects of both clusters: kind, namespace and name. */
async function listBoth({ server, client }: Meshes): Promise<readonly string[]> {
  const lists = await Promise.all([server, client].map(({ kubectl }) => listObjects(kubectl)));
  return lists.flatMap((list, index) =>
    list.map((object) => `${index === 0 ? "server" : "client"} ${object}`),
  );
}

async function listObjects(kubectl: Kubectl): Promise<readonly string[]> {
  const kinds = await requireOutput(kubectl, ["api-resources", "--verbs=list", "-o", "name"]);
  const wanted = kinds.split("\n").filter((kind) => kind !== "" && !FLEETING.test(kind));
  const columns = "custom-columns=K:.kind,S:.metadata.namespace,N:.metadata.name";
  const text = await requireOutput(kubectl, [
    ...["get", wanted.join(), "-A", "--no-headers", "-o", columns],
  ]);
  return text.split("\n").map((line) => line.trim().replace(/\s+/g, " "));
}

/** @throws Error with the objects that an interrupted destroy has left, or that Kubernetes is still removing, such as pods */
async function assertSame(meshes: Meshes, expected: readonly string[]): Promise<true> {
  const objects = await listBoth(meshes);
  const left = objects.filter((each) => !expected.includes(each));
  if (left.length === 0) return true;
  throw new Error(
    `A destroy that was interrupted and then finished must leave nothing more than a whole one (got ${left.join("; ")})`,
  );
}
