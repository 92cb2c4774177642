import { getObject, requireOutput } from "../../../checks/toolkit/kubectl";
import type { Meshes } from "../../../checks/meshes";
import { buildCoreDnsManifests, type DnsRecords } from "../../cluster/coredns";
import type { Cluster } from "../../cluster/start-cluster";
import { CLUSTER_DOMAIN } from "../../network/address-plan";
import { dropPacketsTo, type EndOutage } from "../../network/outage";
import { until } from "../../process/until";
import { runOperation } from "../../program/run-operation";
import { listEgressPorts } from "../egress-ports";
import type { Stage, Story } from "../story";
import { type Fault, tryFaults } from "./trials";

const NAME = "ingress.server.example";

/** The ingress gateway has a DNS name in place of an address, as some clouds give it. The name moves to another address. */
export const ingressDns: Story = {
  requestsMayFail: true,
  async tell(stage) {
    const { meshes, load } = stage;
    const { address } = meshes.ingress;
    const other = address.replace(/\d+$/, (last) => String(Number(last) + 20));

    load.begin("the ingress gets a name");
    await setRecord(stage, address);
    await setIngress(stage, [{ hostname: NAME }, { ip: address }, { ip: other }]);
    await load.untilSteady();

    await tryFaults(stage, moves(address, other));

    load.begin("the ingress gets its address back");
    await setIngress(stage, [{ ip: address }]);
    await load.untilSteady();
    await setRecord(stage);
  },
};

/** Moves between two addresses: with the old one in service, and without. */
function moves(first: string, second: string): readonly Fault[] {
  let [from, to] = [first, second];
  let end: EndOutage | undefined;
  const move = (name: string, begin: () => Promise<EndOutage | undefined>): Fault => ({
    name,
    inject: async (stage) => {
      end = await begin();
      await setRecord(stage, to);
    },
    repair: async ({ meshes, load }) => {
      const movedAt = Date.now();
      await until(`connections to ${to}`, () => hasConnections(meshes, to), {
        deadlineMs: 120_000,
      });
      load.note("ms until the gateway follows", Date.now() - movedAt);
      await load.untilSteady();
      await end?.();
      [from, to] = [to, from];
    },
  });
  return [
    move("the name of the ingress moves to another address", () => Promise.resolve(undefined)),
    move("the same, and the old address is lost", () => dropPacketsTo(from)),
  ];
}

async function hasConnections(meshes: Meshes, address: string): Promise<true | undefined> {
  const ports = await listEgressPorts(meshes, address);
  return ports.length > 0 || undefined;
}

interface Service {
  readonly metadata: { readonly name: string };
  readonly spec: { readonly type: string };
}

/** Acts as the cloud's load balancer controller. Then both stacks follow. */
async function setIngress(
  { meshes: { server }, stacks }: Stage,
  ingress: readonly Readonly<Record<string, string>>[],
): Promise<void> {
  const { kubectl, ingressGateway } = server;
  const { items } = await getObject<{ readonly items: readonly Service[] }>(kubectl, [
    ...["services", "-n", ingressGateway.namespace],
  ]);
  const service = items.find(({ spec }) => spec.type === "LoadBalancer")?.metadata.name ?? "";
  await requireOutput(kubectl, [
    ...["patch", "service", service, "-n", ingressGateway.namespace, "--subresource=status"],
    ...["--type=merge", "-p", JSON.stringify({ status: { loadBalancer: { ingress } } })],
  ]);
  await runOperation(stacks.server, "refresh", stacks.context);
  await runOperation(stacks.server, "up", stacks.context);
  await runOperation(stacks.client, "up", stacks.context);
}

/** Changes the address of the name in the client's cluster, and waits until its DNS answers with it. */
async function setRecord({ clusters: { client }, meshes }: Stage, address?: string): Promise<void> {
  await applyRecords(client, address === undefined ? {} : { [NAME]: address });
  const deployment = ["deploy/coredns", "-n", "kube-system", "--timeout=60s"];
  await requireOutput(meshes.client.kubectl, ["rollout", "status", ...deployment], {
    timeoutMs: 60_000,
  });
}

async function applyRecords({ client, site }: Cluster, records: DnsRecords): Promise<void> {
  const manifests = buildCoreDnsManifests(site.clusterDNS, CLUSTER_DOMAIN, records);
  for (const manifest of manifests) await client.apply(manifest);
}
