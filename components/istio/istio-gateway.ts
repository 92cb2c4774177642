import * as pulumi from "@pulumi/pulumi";

import { chartRelease } from "../helm/chart-release";
import { gatewayStatsAnnotation } from "./gateway-stats";
import type { Labels } from "./objects/resource";
import { type IstioRevision, revisionValues } from "./revision";
import { mergeValues, type Values } from "../helm/merge-values";

/** A gateway that is there: what others need to know to configure it. */
export interface GatewayRef {
  /** Name of its Deployment, and of its Service where it has one. */
  readonly name: string;
  /** Its namespace: Istio reads the gateway's credentials only from there. */
  readonly namespace: pulumi.Input<string>;
  /** Labels of its pods. */
  readonly labels: Labels;
}

/** A gateway, by its properties or by an output of them, such as another package's component has. */
export type GatewayInput = GatewayRef | pulumi.Output<pulumi.Unwrap<GatewayRef>>;

/** How a gateway is reached in its cluster. */
export type GatewayService = "cluster" | "none";

/** A gateway to install. */
export interface GatewayToInstall {
  /** Name of release, Deployment and service account, such as `istio-ingressgateway`. */
  readonly gatewayName: string;
  /** Namespace to install into. */
  readonly namespace: pulumi.Input<string>;
  /**
   * `cluster`: the chart's Service with a cluster IP, port 443. `none`: the chart makes no Service, whoever
   * exposes the gateway makes it.
   */
  readonly service: GatewayService;
  /** The control plane that gives it its Envoy and its configuration, from whose charts it comes. */
  readonly revision: IstioRevision;
}

/** Inputs of {@link IstioGateway}. */
export interface IstioGatewayArgs extends GatewayToInstall {
  /** Values laid over the program's own. */
  readonly values: Values;
}

/**
 * A gateway by Istio's `gateway` chart: an Envoy of its own, with a service account that may read the Secrets of
 * its namespace and nothing more.
 *
 * @see https://istio.io/latest/docs/setup/additional-setup/gateway/
 */
export class IstioGateway extends pulumi.ComponentResource {
  /** How others refer to the gateway, once it runs. */
  public readonly ref: GatewayRef;

  constructor(name: string, args: IstioGatewayArgs, opts?: pulumi.ComponentResourceOptions) {
    super("mtls:index:IstioGateway", name, {}, opts);

    const release = chartRelease(
      `${name}-release`,
      {
        chart: "gateway",
        charts: args.revision.charts,
        releaseName: args.gatewayName,
        namespace: args.namespace,
        values: mergeValues(gatewayValues(args), args.values),
      },
      { parent: this },
    );

    this.ref = {
      name: args.gatewayName,
      // From the release, so that whoever configures the gateway comes after it and is gone before it.
      namespace: release.namespace,
      labels: { istio: istioLabel(args.gatewayName) },
    };
    this.registerOutputs();
  }
}

/** The chart's label `istio`, by which Gateway objects find the pods: the release's name without `istio-`. */
function istioLabel(gatewayName: string): string {
  return gatewayName.replace(/^istio-/, "");
}

function gatewayValues({ gatewayName, service, revision }: IstioGatewayArgs): Values {
  const https = { name: "https", port: 443, targetPort: 443, protocol: "TCP" };
  return {
    ...revisionValues(revision),
    labels: { istio: istioLabel(gatewayName) },
    podAnnotations: gatewayStatsAnnotation(),
    service: service === "cluster" ? { type: "ClusterIP", ports: [https] } : { type: "None" },
  };
}
