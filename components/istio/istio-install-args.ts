import type * as pulumi from "@pulumi/pulumi";
import { z } from "zod";

import { input } from "../../validation/args";
import { nonEmpty, nonEmptyList, trustDomain, uniqueBy } from "../../validation/fields";
import { isReported, report } from "../../validation/issues";
import { got } from "../../validation/show";
import type { Issuer } from "../pki/issuer";
import { type GatewayToInstall, gatewayToInstall } from "./istio-gateway";
import { istioLabel } from "./istio-label";
import { type IstioValues, istioValues } from "./istio-values";
import { type IstioRevision, istioRevision } from "./revision";

/** Inputs of `IstioInstall`. */
export interface IstioInstallArgs {
  /** Trust domain of the mesh (DNS name). Every identity of the mesh starts with it, so no other mesh may have it. */
  readonly trustDomain: string;
  /** The mesh's intermediate CA. It signs the mesh's workload certificates. */
  readonly ca: Issuer;
  /**
   * The trust anchors (PEM), against which workloads check their peers. The first is the root that the intermediate chains
   * to. istiod passes a change to all workloads, and they get new certificates, if the old and the new anchors have a
   * root in common.
   */
  readonly trustAnchorPem: pulumi.Input<string>;
  /** Control planes. The first is the mesh's own. During an upgrade of Istio, a second runs beside it. */
  readonly revisions: readonly [IstioRevision, ...IstioRevision[]];
  /**
   * Helm values that override the component's own, by chart.
   *
   * @default {}
   */
  readonly values?: IstioValues;
  /** Gateways to install. */
  readonly gateways: readonly GatewayToInstall[];
}

/** Checks {@link IstioInstallArgs}. */
export const istioInstallArgs = z
  .looseObject({
    trustDomain,
    ca: z.looseObject({ certPem: input(nonEmpty), privateKeyPem: input(nonEmpty) }),
    trustAnchorPem: input(nonEmpty),
    revisions: nonEmptyList(istioRevision, "name at least one control plane").superRefine(
      uniqueBy("name"),
    ),
    values: istioValues.optional(),
    gateways: z.array(gatewayToInstall).readonly().superRefine(uniqueBy("gatewayName")),
  })
  .superRefine(checkGateways);

interface Gateways {
  readonly revisions: readonly { readonly name: string }[];
  readonly gateways: readonly {
    readonly gatewayName: string;
    readonly revision: { readonly name: string };
  }[];
}

function checkGateways({ revisions, gateways }: Gateways, context: z.RefinementCtx): void {
  const names = revisions.map(({ name }) => name);
  const labels = gateways.map(({ gatewayName }) => istioLabel(gatewayName));
  for (const [index, { gatewayName, revision }] of gateways.entries()) {
    if (labels.indexOf(istioLabel(gatewayName)) < index) {
      report(context, {
        path: ["gateways", index, "gatewayName"],
        message: `must differ from the others apart from "istio-" ${got(gatewayName)}: Istio selects a gateway's pods by the rest of the name`,
      });
    }
    if (!names.includes(revision.name) && !isReported(context, ["revisions"])) {
      report(context, {
        path: ["gateways", index, "revision", "name"],
        message: `must be the name of one of the revisions ${got(revision.name)}: without a control plane the gateway gets no Envoy`,
      });
    }
  }
}
