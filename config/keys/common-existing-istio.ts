import { z } from "zod";

import { revisionName } from "../../components/istio/revision";
import { dnsName, objectName } from "../../validation/fields";

/** An Istio that the cluster has already. The stack installs its gateways beside it, and no control plane. */
export const existingIstio = z.strictObject({
  /** Name of its revision, or a revision tag: the value of the label `istio.io/rev`. `default` is the unnamed revision. */
  revision: revisionName,
  /**
   * The mesh's trust domain, by which the egress gateway knows its callers. In policies, `cluster.local` means the mesh's own
   * trust domain, whatever its name.
   *
   * @default "cluster.local"
   */
  trustDomain: dnsName.default("cluster.local"),
  /**
   * Name of the control plane's ConfigMap in istio-system, which the stack reads before it creates anything. With a revision
   * tag, the name for the revision behind it. `none` skips the check.
   *
   * @default `istio` for the unnamed revision, otherwise `istio-REVISION`; `none` for Cloud Service Mesh (`asm-managed…`)
   */
  configMap: objectName.exactOptional(),
});

/** An Istio that the cluster has already. */
export type ExistingIstioSettings = Readonly<z.output<typeof existingIstio>>;
