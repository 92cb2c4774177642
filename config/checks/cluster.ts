import type { z } from "zod";

import { report } from "../../validation/issues";
import type { ClusterValues } from "../cluster-source";
import { checkKubeconfig } from "./kubeconfig";

/** Reports what is wrong with the cluster that `cluster` asks for, and keys that have no effect on it. */
export function checkCluster(values: ClusterValues, context: z.RefinementCtx): void {
  if (values.cluster === "kubeconfig") {
    checkKubeconfig(values, context);
    return;
  }
  if (values.gke === undefined) {
    report(context, {
      path: ["gke"],
      message:
        'is missing with cluster "gke": set at least project and region, for example with `pulumi config set --path gke.project my-project`',
    });
  }
  // The values may be credentials, so the messages do not show them.
  for (const key of ["kubeconfig", "kubeContext"] as const) {
    if (values[key] === undefined) continue;
    report(context, {
      path: [key],
      message: 'has no effect with cluster "gke": remove it, or set cluster to "kubeconfig"',
    });
  }
}
