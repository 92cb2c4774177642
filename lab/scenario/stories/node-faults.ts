import type { Cluster } from "../../cluster/start-cluster";
import type { Child } from "../../process/child";
import { until } from "../../process/until";
import type { Fault } from "./trials";

/** Parts of both clusters are killed and start again, as their supervisor would do. */
export const NODE_FAULTS: readonly Fault[] = [
  restart("the kubelet of both nodes is restarted", ({ kubelet }) => [kubelet]),
  restart("containerd of both nodes is restarted", ({ containerd }) => [containerd]),
  restart("etcd and the API server of both clusters are restarted", ({ etcd, apiServer }) => [
    etcd,
    apiServer,
  ]),
];

function restart(name: string, select: (cluster: Cluster) => readonly Child[]): Fault {
  let restartedAt = Number.NaN;
  return {
    name,
    inject: async ({ clusters }) => {
      const children = Object.values(clusters).flatMap(select);
      await Promise.all(children.map((child) => child.restart()));
      restartedAt = Date.now();
    },
    repair: ({ clusters }) =>
      Promise.all(
        Object.values(clusters).map((cluster) =>
          until(`the node of ${cluster.name} and its pods`, () => isReady(cluster, restartedAt), {
            deadlineMs: 180_000,
          }),
        ),
      ),
  };
}

interface Lease {
  readonly spec: { readonly renewTime: string };
}

interface Objects {
  readonly items: readonly {
    readonly status: {
      readonly conditions?: readonly { readonly type: string; readonly status: string }[];
    };
  }[];
}

/** Whether the kubelet has reported to the API server since then, and the node and all pods are ready. */
async function isReady({ client, site }: Cluster, since: number): Promise<true | undefined> {
  const lease = await client.getJson<Lease>(
    `/apis/coordination.k8s.io/v1/namespaces/kube-node-lease/leases/${site.nodeName}`,
  );
  if (Date.parse(lease.spec.renewTime) < since) return undefined;
  const lists = ["nodes", "pods"].map((kind) => client.getJson<Objects>(`/api/v1/${kind}`));
  const objects = (await Promise.all(lists)).flatMap(({ items }) => items);
  const areReady = objects.every(({ status: { conditions = [] } }) =>
    conditions.some(({ type, status }) => type === "Ready" && status === "True"),
  );
  return areReady || undefined;
}
