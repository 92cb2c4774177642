import type { z } from "zod";

import { report } from "../../validation/issues";
import { got } from "../../validation/show";
import type { ServerValues } from "../keys";

type IngressValues = Pick<
  ServerValues,
  "ingressType" | "ingressSourceRanges" | "ingressNodeAddress"
>;

/** Reports keys that do not fit the type of the ingress. */
export function checkIngress(values: IngressValues, context: z.RefinementCtx): void {
  const { ingressType, ingressSourceRanges, ingressNodeAddress } = values;
  if (ingressType === "LoadBalancer") {
    if (ingressNodeAddress === undefined) return;
    report(context, {
      path: ["ingressNodeAddress"],
      message: `has no effect with ingressType "LoadBalancer" ${got(ingressNodeAddress)}: remove it, or set ingressType to "NodePort"`,
    });
    return;
  }
  if (ingressNodeAddress === undefined) {
    report(context, {
      path: ["ingressNodeAddress"],
      message:
        'is missing with ingressType "NodePort": enter the address of a node that the clients\' clusters can reach',
    });
  }
  if (ingressSourceRanges.length > 0) {
    report(context, {
      path: ["ingressSourceRanges"],
      message: `has no effect with ingressType "NodePort", so every address may connect: remove it, or set ingressType to "LoadBalancer"`,
    });
  }
}
