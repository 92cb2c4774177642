import type { z } from "zod";

import type { GkeSettings } from "../components/gke/settings";
import { complain, isWrong } from "./complain";
import { checkKubeconfig } from "./kubeconfig";
import { checkNamespaces } from "./namespaces";
import type { commonKeys, serverKeys } from "./schema";
import { shown } from "./shown";

type Parsed<Keys extends z.ZodRawShape> = z.output<z.ZodObject<Keys>>;

/** What is wrong between keys of both ends that are each right by themselves. */
export function checkCommon(raw: Parsed<typeof commonKeys>, context: z.RefinementCtx): void {
  checkCanary(raw, context);
  if (raw.cluster === "gke") checkGke(raw.gke, context);
  checkKubeconfig(raw, context);
  checkNamespaces(raw, context);
  if (raw.observability?.prometheus === "managed" && collectsNothing(raw)) {
    complain(
      context,
      ["observability", "prometheus"],
      'is "managed", but gke.managedPrometheus is false: set that to true, or this to "install"',
    );
  }
}

/** Whether the cluster is known to have no managed Prometheus; of one that is there already nothing is known. */
function collectsNothing({ cluster, gke }: Pick<Parsed<typeof commonKeys>, "cluster" | "gke">) {
  return cluster === "gke" && gke?.managedPrometheus === false && gke.mode !== "autopilot";
}

/** How many minor versions Istio supports an upgrade over: https://istio.io/latest/docs/setup/upgrade/ */
const MINORS = 2;

function checkCanary(
  { istioCanary, istioRevision, istioVersion }: Parsed<typeof commonKeys>,
  context: z.RefinementCtx,
): void {
  if (!istioCanary) return;
  const { revision, version } = istioCanary;
  if (revision === istioRevision) {
    complain(
      context,
      ["istioCanary", "revision"],
      `"${revision}" is istioRevision's too: give the second control plane a name of its own, such as "${version.replaceAll(".", "-")}"`,
    );
  }
  if (isWrong(context, ["istioVersion"])) return;
  const [major = 0, minor = 0] = istioVersion.split(".").map(Number);
  const [canaryMajor = 0, canaryMinor = 0] = version.split(".").map(Number);
  if (canaryMajor !== major || Math.abs(canaryMinor - minor) > MINORS) {
    complain(
      context,
      ["istioCanary", "version"],
      `"${version}" is more than ${MINORS} minor versions from istioVersion, ${istioVersion}: go there in steps`,
    );
  }
}

function checkGke(settings: GkeSettings | undefined, context: z.RefinementCtx): void {
  if (!settings) {
    complain(
      context,
      ["gke"],
      'is empty: with cluster "gke", set at least its project and region, as in `pulumi config set --path gke.project my-project`',
    );
  }
}

/** What is wrong between keys of the server. */
export function checkServer(
  raw: Parsed<typeof commonKeys & typeof serverKeys>,
  context: z.RefinementCtx,
): void {
  for (const [index, { trustDomain }] of raw.clients.entries()) {
    if (trustDomain !== raw.trustDomain) continue;
    complain(
      context,
      ["clients", index, "trustDomain"],
      `"${trustDomain}" is the server's own: give each mesh a trust domain of its own`,
    );
  }
  checkIngress(raw, context);
}

function checkIngress(
  { ingressType, ingressSourceRanges, ingressNodeAddress }: Parsed<typeof serverKeys>,
  context: z.RefinementCtx,
): void {
  if (ingressType === "LoadBalancer" && ingressNodeAddress !== "") {
    complain(
      context,
      ["ingressNodeAddress"],
      `${shown(ingressNodeAddress)} has no effect with ingressType LoadBalancer: remove it, or set ingressType to "NodePort"`,
    );
  }
  if (ingressType === "NodePort" && ingressSourceRanges.length > 0) {
    complain(
      context,
      ["ingressSourceRanges"],
      `${shown(ingressSourceRanges)} has no effect with ingressType NodePort, so everyone may connect: remove it, or set ingressType to "LoadBalancer"`,
    );
  }
  if (ingressType === "NodePort" && ingressNodeAddress === "") {
    complain(
      context,
      ["ingressNodeAddress"],
      "is empty: with ingressType NodePort, name a node's address that the clients' clusters reach",
    );
  }
}
