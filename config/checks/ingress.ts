import type { z } from "zod";

import { report } from "../../validation/issues";
import { got } from "../../validation/show";
import type { ServerValues } from "../keys";

type IngressValues = Pick<
  ServerValues,
  | "cluster"
  | "ingressType"
  | "ingressAddress"
  | "ingressClass"
  | "ingressAnnotations"
  | "ingressSourceRanges"
  | "ingressNodeAddress"
>;

/** Reports keys that do not fit the type of the ingress. */
export function checkIngress(values: IngressValues, context: z.RefinementCtx): void {
  const { cluster, ingressType, ingressNodeAddress } = values;
  if (ingressType === "NodePort") {
    checkNodePort(values, context);
    return;
  }
  if (ingressNodeAddress !== undefined) {
    report(context, {
      path: ["ingressNodeAddress"],
      message: `has no effect with ingressType "${ingressType}" ${got(ingressNodeAddress)}: remove it, or set ingressType to "NodePort"`,
    });
  }
  if (ingressType === "Internal" && cluster !== "gke") {
    report(context, {
      path: ["ingressType"],
      message: `must be "LoadBalancer" or "NodePort" with cluster "${cluster}" (got "Internal"): the program knows GKE's internal load balancers only. Use "LoadBalancer", and set ingressAnnotations or ingressClass as your cloud requires`,
    });
  }
}

function checkNodePort(values: IngressValues, context: z.RefinementCtx): void {
  if (values.ingressNodeAddress === undefined) {
    report(context, {
      path: ["ingressNodeAddress"],
      message:
        'is missing with ingressType "NodePort": enter the address of a node that the clients\' clusters can reach',
    });
  }
  if (values.ingressSourceRanges.length > 0) {
    report(context, {
      path: ["ingressSourceRanges"],
      message: `has no effect with ingressType "NodePort", so every address may connect: remove it, or set ingressType to "LoadBalancer"`,
    });
  }
  const unused = [
    ["ingressAddress", values.ingressAddress !== undefined],
    ["ingressClass", values.ingressClass !== undefined],
    ["ingressAnnotations", Object.keys(values.ingressAnnotations).length > 0],
  ] as const;
  for (const [key, isSet] of unused) {
    if (!isSet) continue;
    const message =
      'has no effect with ingressType "NodePort": remove it, or set ingressType to "LoadBalancer"';
    report(context, { path: [key], message });
  }
}
