import type { z } from "zod";

import { checkClientHosts } from "../../components/mtls/client-hosts";
import { checkRevocation } from "../../components/pki/check-revocation";
import { checkTrustedRoots } from "../../components/pki/trusted-roots";
import { report } from "../../validation/issues";
import { got } from "../../validation/show";
import type { ClientValues, CommonValues, ServerValues } from "../keys";
import { checkCallers } from "./callers";
import { checkChartFolders } from "./chart-folders";
import { checkCluster } from "./cluster";
import { checkClientExistingIstio, checkExistingIstio } from "./existing-istio";
import { checkClientGivenCa, checkServerGivenCa } from "./given-ca";
import { checkIngress } from "./ingress";
import { checkIstioCanary } from "./istio-canary";
import { checkNamespaces } from "./namespaces";
import { checkNames } from "./server-names";

/** Reports what is wrong between keys of both stacks. Each key by itself is already checked. */
export function checkCommon(values: CommonValues, context: z.RefinementCtx): void {
  checkCluster(values, context);
  checkExistingIstio(values, context);
  checkIstioCanary(values, context);
  checkNamespaces(values, context);
  checkChartFolders(values, context);
  if (values.observability?.prometheus === "managed" && lacksManagedPrometheus(values)) {
    report(context, {
      path: ["observability", "prometheus"],
      message:
        'must not be "managed" while gke.managedPrometheus is false: set gke.managedPrometheus to true, or prometheus to "install"',
    });
  }
}

/** Whether the cluster has no managed Prometheus. For an existing cluster, this is unknown. */
function lacksManagedPrometheus({ cluster, gke }: Pick<CommonValues, "cluster" | "gke">): boolean {
  return cluster === "gke" && gke?.managedPrometheus === false && gke.mode !== "autopilot";
}

/** Reports what is wrong between keys of the server. */
export function checkServer(values: ServerValues, context: z.RefinementCtx): void {
  for (const [index, { trustDomain }] of values.clients.entries()) {
    if (trustDomain !== values.trustDomain) continue;
    report(context, {
      path: ["clients", index, "trustDomain"],
      message: `must differ from the server's trustDomain ${got(trustDomain)}: give each mesh its own trust domain`,
    });
  }
  checkNames(values, context);
  checkClientHosts(values, context);
  checkIngress(values, context);
  checkRevocation(values, context);
  checkTrustedRoots(values, context);
  checkServerGivenCa(values, context);
}

/** Reports what is wrong between keys of the client. */
export function checkClient(values: ClientValues, context: z.RefinementCtx): void {
  if (!values.networkPolicy && values.networkPolicyAllows.length > 0) {
    report(context, {
      path: ["networkPolicyAllows"],
      message: "has no effect with networkPolicy false: remove it, or set networkPolicy to true",
    });
  }
  checkClientExistingIstio(values, context);
  checkClientGivenCa(values, context);
  checkCallers(values, context);
  if (values.givenCa !== undefined) return;
  if (values.intermediateKey === "client" || values.revokedLeaves.length === 0) return;
  report(context, {
    path: ["revokedLeaves"],
    message:
      'has no effect with intermediateKey "server": remove it, and add the serial numbers to `revoked` of the server\'s stack',
  });
}
