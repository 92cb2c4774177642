import { ROOT_NAMESPACE } from "../../../components/istio/root-namespace";
import type { Check, CheckContext, Observation } from "../../check";
import type { Cluster, Meshes } from "../../meshes";
import { newPodResult } from "../../toolkit/fixtures/new-pod";
import { podOutsideApplication, podWithoutSidecar } from "../../toolkit/fixtures/outside-pods";
import { policyEngine } from "../../toolkit/fixtures/policy-engine";
import { getObject } from "../../toolkit/kubectl";
import { METADATA_SERVER } from "../../toolkit/metadata-server";
import { curl, type CurlResult, describeBlock, describeCurl } from "../../toolkit/pods/curl";
import {
  alertForDirectRequest,
  CONNECT_SECONDS,
  requestDirectly,
} from "../../toolkit/pods/direct-request";
import { allowsAddress, type List, type NetworkPolicy } from "./network-policy";

const DIRECT = {
  requirement: "no-direct-connection",
  expected:
    "blocked by the NetworkPolicy, while a pod of another namespace gets the server's alert",
  why: "The network blocks pods without a sidecar too.",
} as const;

/** What the NetworkPolicy must refuse and permit, tried from pods without a sidecar. */
export const policyEnforcement: readonly Check[] = [
  {
    ...DIRECT,
    slug: "egress/direct-without-sidecar",
    title: "directly to the server, without a sidecar",
    threat: "A pod whose owner disables the sidecar calls the server's address.",
    run: ifEnforced(async ({ meshes, use }) => {
      const pod = await use(podWithoutSidecar);
      return compareWithServer(await requestDirectly(pod, meshes), { meshes, use });
    }),
  },
  {
    ...DIRECT,
    slug: "egress/direct-from-new-pod",
    title: "directly to the server, as the first act of a new pod",
    threat: "A pod connects before the network knows that a NetworkPolicy applies to it.",
    run: ifEnforced(async (context) => compareWithServer(await context.use(newPodResult), context)),
  },
  {
    slug: "egress/metadata-server",
    title: "to the metadata server, without a sidecar",
    requirement: "pods-stay-in-cluster",
    expected: "blocked by the NetworkPolicy, while a pod of another namespace gets a response",
    why: "The application needs nothing outside its cluster.",
    threat: "An application gets a token of the node's account from the metadata server.",
    run: ifEnforced(async ({ meshes, use }) => {
      if (await isAllowed(meshes, METADATA_SERVER)) {
        return { skipped: "the NetworkPolicy allows it (networkPolicyAllows)" };
      }
      const pods = await Promise.all([use(podWithoutSidecar), use(podOutsideApplication)]);
      const [result, other] = (await Promise.all(
        pods.map((pod) =>
          curl(pod, ["--connect-timeout", CONNECT_SECONDS, `http://${METADATA_SERVER}/`]),
        ),
      )) as [CurlResult, CurlResult];
      return other.kind === "answer"
        ? compare(result, other)
        : { skipped: `no metadata server: ${describeCurl(other)} from a pod of another namespace` };
    }),
  },
  {
    slug: "egress/inside-cluster",
    title: "to another namespace of the cluster, without a sidecar",
    requirement: "pods-stay-in-cluster",
    expected: "200 from istiod, whose address the cluster's DNS resolves",
    why: "The NetworkPolicy restricts only connections that leave the cluster.",
    threat: "A policy that is too strict cuts off sidecars from istiod, and pods from DNS.",
    async run({ meshes, use }) {
      const istiod = await findIstiodService(meshes.client);
      const result = await curl(await use(podWithoutSidecar), [
        `http://${istiod}.${ROOT_NAMESPACE}.svc:15014/version`,
      ]);
      return {
        pass: result.kind === "answer" && result.status === 200,
        observed: `${describeCurl(result)} from istiod`,
      };
    },
  },
];

/** Whether a NetworkPolicy of the application's namespace allows connections to an address. */
async function isAllowed({ client }: Meshes, address: string): Promise<boolean> {
  const { items } = await getObject<List<NetworkPolicy>>(client.kubectl, [
    ...["networkpolicies", "-n", client.namespace],
  ]);
  return items.some(({ spec }) => allowsAddress(spec, address));
}

/** Skips a check if nothing enforces NetworkPolicies in the client's cluster. */
function ifEnforced(run: Check["run"]): Check["run"] {
  return async (context) =>
    (await context.use(policyEngine))
      ? run(context)
      : { skipped: "the client's cluster let a pod connect although a NetworkPolicy forbids it" };
}

/** Compares a direct request with the same request from a pod that no policy selects. */
async function compareWithServer(
  result: CurlResult,
  { meshes, use }: CheckContext,
): Promise<Observation> {
  const other = await requestDirectly(await use(podOutsideApplication), meshes);
  const alert = alertForDirectRequest(meshes);
  return other.kind === "failed" && other.alert === alert
    ? compare(result, other)
    : {
        pass: false,
        observed: `no path to the server: ${describeCurl(other)} in another namespace`,
      };
}

/** An unanswered connection is a refusal only if the other end answers another pod. */
function compare(result: CurlResult, other: CurlResult): Observation {
  const block = describeBlock(result);
  return {
    pass: block !== undefined,
    observed: `${block ?? describeCurl(result)}; in another namespace ${describeCurl(other)}`,
  };
}

/** Finds the Service of a control plane, whose name contains its revision. */
async function findIstiodService({ kubectl, name }: Cluster): Promise<string> {
  const { items } = await getObject<{ items: readonly { metadata: { name: string } }[] }>(kubectl, [
    ...["services", "--namespace", ROOT_NAMESPACE, "--selector", "app=istiod"],
  ]);
  const [service] = items;
  if (service === undefined) {
    throw new Error(
      `the ${name} cluster has no Service with the label app=istiod in ${ROOT_NAMESPACE}`,
    );
  }
  return service.metadata.name;
}
