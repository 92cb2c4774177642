import { getObject, type Kubectl, requireOutput } from "../../../checks/toolkit/kubectl";
import type { Cluster, GatewayWorkload, Meshes } from "../../../checks/meshes";
import { ROOT_NAMESPACE } from "../../../components/istio/root-namespace";
import { until } from "../../process/until";
import { runOperation } from "../../program/run-operation";
import type { Story } from "../story";
import { NODE_FAULTS } from "./node-faults";
import { type Fault, tryFaults } from "./trials";

const ISTIOD = { namespace: ROOT_NAMESPACE, selector: "app=istiod" };

const FAULTS: readonly Fault[] = [
  ...NODE_FAULTS,
  killPods("istiod of both meshes is killed", ({ server, client }) => [
    { ...server, ...ISTIOD },
    { ...client, ...ISTIOD },
  ]),
  killPods("the ingress gateway is killed", ({ server }) => [
    { ...server, ...server.ingressGateway },
  ]),
  killPods("the egress gateway is killed", ({ client }) => [
    { ...client, ...client.egressGateway },
  ]),
  changeCredential("the server's credential is deleted", "server", (kubectl, secret) =>
    requireOutput(kubectl, ["delete", ...secret]),
  ),
  changeCredential("the client's credential is garbage", "client", (kubectl, secret) => {
    const patch = { stringData: { "tls.crt": "garbage", "tls.key": "garbage" } };
    return requireOutput(kubectl, ["patch", ...secret, "-p", JSON.stringify(patch)]);
  }),
];

/** Something of a mesh or its cluster fails. */
export const faults: Story = {
  keepsMeshes: true,
  requestsMayFail: true,
  tell: (stage) => tryFaults(stage, FAULTS),
};

type Pods = Pick<Cluster, "kubectl"> & Pick<GatewayWorkload, "namespace" | "selector">;

/** Kubernetes repairs it: the Deployment creates new pods. */
function killPods(name: string, select: (meshes: Meshes) => readonly Pods[]): Fault {
  return {
    name,
    inject: ({ meshes }) => Promise.all(select(meshes).map(killOnePod)),
    repair: ({ meshes }) =>
      Promise.all(
        select(meshes).map((pods) => until(`new pods ${pods.selector}`, () => areReady(pods))),
      ),
  };
}

async function killOnePod({ kubectl, namespace, selector }: Pods): Promise<void> {
  const pods = ["pods", "-n", namespace, "-l", selector, "-o", "name"];
  const [pod = ""] = (await requireOutput(kubectl, ["get", ...pods])).split("\n");
  const now = ["--grace-period=0", "--force", "--wait=false"];
  await requireOutput(kubectl, ["delete", pod, "-n", namespace, ...now]);
}

interface PodList {
  readonly items: readonly {
    readonly status: {
      readonly conditions?: readonly { readonly type: string; readonly status: string }[];
    };
  }[];
}

async function areReady({ kubectl, namespace, selector }: Pods): Promise<true | undefined> {
  const { items } = await getObject<PodList>(kubectl, ["pods", "-n", namespace, "-l", selector]);
  const isReady = ({ status: { conditions = [] } }: PodList["items"][number]) =>
    conditions.some(({ type, status }) => type === "Ready" && status === "True");
  return (items.length > 0 && items.every(isReady)) || undefined;
}

/** `pulumi refresh` finds the difference, and `pulumi up` repairs it. */
function changeCredential(
  name: string,
  end: "server" | "client",
  change: (kubectl: Kubectl, secret: readonly string[]) => Promise<unknown>,
): Fault {
  return {
    name,
    inject: ({ meshes: { server, client } }) => {
      const { namespace, credentialName } =
        end === "server" ? server.ingressGateway : client.egressGateway;
      return change({ server, client }[end].kubectl, ["secret", credentialName, "-n", namespace]);
    },
    repair: async ({ stacks }) => {
      await runOperation(stacks[end], "refresh", stacks.context);
      await runOperation(stacks[end], "up", stacks.context);
    },
  };
}
