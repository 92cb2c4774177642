import { findRoutes } from "../../../checks/suites/egress/sidecar-clusters";
import type { Meshes } from "../../../checks/meshes";
import { REVISION_KEY } from "../../../components/istio/revision";
import { TEST_POD } from "../../../components/samples/names";
import { getObject, requireOutput } from "../../../checks/toolkit/kubectl";
import type { ContainerRef } from "../../../checks/toolkit/pods/container";
import { curl, describeCurl } from "../../../checks/toolkit/pods/curl";
import { createPod } from "../../../checks/toolkit/pods/pod";
import { until } from "../../process/until";
import { runOperation } from "../../program/run-operation";
import { setConfig } from "../../program/stack";
import type { Story } from "../story";
import { PROXY_CONTAINER } from "../../../checks/toolkit/pods/container";

/** Namespaces of other teams. Each has a pod of the mesh. */
const TEAMS = ["shop", "warehouse", "stranger"] as const;
type Pods = Readonly<Record<(typeof TEAMS)[number], ContainerRef>>;

const APPLICATION = { serviceAccount: TEST_POD };

/** Applications of two other teams may call the server, one of them only one host. A third team sees nothing of it. */
export const callers: Story = {
  async tell({ stacks: { client, context }, meshes, load }) {
    const [host, secondHost = ""] = meshes.hosts;
    const set = async (...others: readonly object[]) => {
      await setConfig(client, { callers: [APPLICATION, ...others] });
      await runOperation(client, "up", context);
    };
    load.begin("namespaces of other teams");
    const pods = await createTeams(meshes);
    const unknown = "Could not resolve host";
    await expectAnswers(pods.shop, { [host]: unknown });

    load.begin("callers of two of them");
    await set(
      { namespace: "shop", serviceAccount: "default" },
      { namespace: "warehouse", serviceAccount: "default", hosts: [secondHost] },
    );
    await expectAnswers(pods.shop, { [host]: "200", [secondHost]: "200" });
    await expectAnswers(pods.warehouse, { [host]: "403", [secondHost]: "200" });
    await expectAnswers(pods.stranger, { [host]: unknown, [secondHost]: unknown });
    for (const pod of [pods.shop, pods.warehouse]) await requireNoWayAround(pod, meshes);
    await load.untilSteady();

    load.begin("without them");
    await set();
    await expectAnswers(pods.shop, { [host]: unknown });
    await requireOutput(meshes.client.kubectl, [
      ...["delete", "namespace", ...TEAMS, "--wait=false"],
    ]);
  },
};

/** Creates what the teams create themselves: a namespace with the label for sidecars, and a pod. */
async function createTeams({ client: { kubectl, namespace } }: Meshes): Promise<Pods> {
  const { metadata } = await getObject<{ metadata: { labels: Record<string, string> } }>(kubectl, [
    ...["namespace", namespace],
  ]);
  const labels = { [REVISION_KEY]: metadata.labels[REVISION_KEY] };
  const items = TEAMS.map((name) => ({
    apiVersion: "v1",
    kind: "Namespace",
    metadata: { name, labels },
  }));
  const list = JSON.stringify({ apiVersion: "v1", kind: "List", items });
  await requireOutput(kubectl, ["create", "-f", "-"], { stdin: list });
  const pods = await Promise.all(
    TEAMS.map((team) => createPod({ kubectl, namespace: team, role: "caller" })),
  );
  return Object.fromEntries(TEAMS.map((team, index) => [team, pods[index]])) as unknown as Pods;
}

/** Waits until requests to the hosts end as expected. */
async function expectAnswers(
  pod: ContainerRef,
  expected: Readonly<Record<string, string>>,
): Promise<void> {
  for (const [host, answer] of Object.entries(expected)) {
    await until(`${answer} for ${host} in ${pod.namespace}`, async () => {
      const observed = describeCurl(await curl(pod, [`http://${host}/headers`]));
      if (!observed.startsWith(answer)) throw new Error(`got ${observed}`);
      return true;
    });
  }
}

/** @throws Error when the sidecar of a caller has a cluster of the server */
async function requireNoWayAround(pod: ContainerRef, meshes: Meshes): Promise<void> {
  const dump = await requireOutput(pod.kubectl, [
    ...["exec", "-n", pod.namespace, pod.pod, "-c", PROXY_CONTAINER, "--"],
    ...["pilot-agent", "request", "GET", "config_dump?include_eds"],
  ]);
  const { direct, viaGateway } = findRoutes(JSON.parse(dump), meshes);
  if (viaGateway && direct.length === 0) return;
  throw new Error(
    `The sidecar in ${pod.namespace} must reach the server through the egress gateway only ` +
      `(through the gateway: ${String(viaGateway)}; directly: ${direct.join(", ")})`,
  );
}
