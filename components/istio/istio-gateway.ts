import type * as pulumi from "@pulumi/pulumi";
import { z } from "zod";

import { checkArgs, input } from "../../validation/args";
import {
  connectionSeconds,
  helmValues,
  integer,
  objectName,
  oneOf,
  releaseName,
} from "../../validation/fields";
import { Component } from "../component";
import { chartRelease } from "../helm/chart-release";
import { mergeValues, type Values } from "../helm/merge-values";
import { GATEWAY_PORT } from "./gateway-port";
import { gatewayProxyAnnotation } from "./gateway-proxy-config";
import type { GatewayRef } from "./gateway-ref";
import { istioLabel } from "./istio-label";
import { type IstioRevision, istioRevision, revisionValues } from "./revision";

/** Whether a gateway has a Service of its chart. */
export type GatewayService = "cluster" | "none";

/** A gateway to install. */
export interface GatewayToInstall {
  /** Name of the Helm release, the Deployment and the service account, such as `istio-ingressgateway`. */
  readonly gatewayName: string;
  /** Namespace to install into. */
  readonly namespace: pulumi.Input<string>;
  /**
   * `cluster`: the chart makes a Service with a cluster IP, port 443. `none`: the chart makes no Service, and the
   * component that exposes the gateway makes it.
   */
  readonly service: GatewayService;
  /** The control plane that injects and configures its Envoy. Its chart comes from the same source. */
  readonly revision: IstioRevision;
  /**
   * Longest life of a connection to the gateway, in seconds. Then the gateway asks for a new one, and finishes requests first.
   * Needs Istio 1.31 or later.
   *
   * @default no limit
   */
  readonly maxConnectionSeconds?: number;
  /**
   * Longest duration of a request, with its response, in seconds. Then the gateway resets it, a WebSocket too. Needs Istio 1.31 or
   * later.
   *
   * @default no limit
   */
  readonly maxStreamSeconds?: number;
  /**
   * Number of proxies in front of the gateway whose `X-Forwarded-Proto` it passes on: 1 for an ingress gateway whose clients are
   * egress gateways.
   *
   * @default 0
   */
  readonly trustedProxies?: number;
}

/** Inputs of {@link IstioGateway}. */
export interface IstioGatewayArgs extends GatewayToInstall {
  /**
   * Helm values that override the component's own.
   *
   * @default {}
   */
  readonly values?: Values;
}

/** Checks a {@link GatewayToInstall}. */
export const gatewayToInstall = z.looseObject({
  gatewayName: releaseName,
  namespace: input(objectName),
  service: oneOf("cluster", "none"),
  revision: istioRevision,
  maxConnectionSeconds: connectionSeconds.optional(),
  maxStreamSeconds: connectionSeconds.optional(),
  trustedProxies: integer(0, 10).optional(),
});

const istioGatewayArgs = gatewayToInstall.extend({ values: helmValues.optional() });

/**
 * A gateway from Istio's `gateway` chart: an Envoy of its own, whose service account can only read the Secrets of its
 * namespace.
 *
 * @throws ArgsError when an argument is invalid
 * @see https://istio.io/latest/docs/setup/additional-setup/gateway/
 * @example
 * const gateway = new IstioGateway(
 *   "partner-gateway",
 *   {
 *     gatewayName: "partner-ingress",
 *     namespace: "partner-ingress",
 *     service: "none",
 *     revision: {
 *       name: "default",
 *       charts: {
 *         source: "https://istio-release.storage.googleapis.com/charts",
 *         version: "1.31.0",
 *       },
 *     },
 *   },
 *   { providers: [provider] },
 * );
 */
export class IstioGateway extends Component {
  /** The gateway, for the argument `gateway` of other components. */
  public readonly ref: GatewayRef;

  constructor(name: string, args: IstioGatewayArgs, opts?: pulumi.ComponentResourceOptions) {
    checkArgs("IstioGateway", name, istioGatewayArgs, args);
    super("IstioGateway", name, opts);

    const release = chartRelease(
      `${name}-release`,
      {
        chart: "gateway",
        charts: args.revision.charts,
        releaseName: args.gatewayName,
        namespace: args.namespace,
        values: mergeValues(gatewayValues(args), args.values ?? {}),
      },
      { parent: this },
    );

    this.ref = {
      name: args.gatewayName,
      // An output of the release: what configures the gateway is created after it, and deleted before it.
      namespace: release.namespace,
      labels: { istio: istioLabel(args.gatewayName) },
    };
  }
}

/**
 * How long a stopping gateway still works as before. In this time the other proxies and the load balancer learn that it
 * stops: GKE's health checks need 24 s. Then its proxy drains its connections for 5 s, Istio's default.
 */
const PRE_STOP_SECONDS = 25;

function gatewayValues(args: IstioGatewayArgs): Values {
  const { gatewayName, service, revision } = args;
  const https = {
    name: "https",
    port: GATEWAY_PORT,
    targetPort: GATEWAY_PORT,
    protocol: "TCP",
  };
  return {
    ...revisionValues(revision),
    labels: { istio: istioLabel(gatewayName) },
    podAnnotations: gatewayProxyAnnotation(args),
    ...availability(istioLabel(gatewayName)),
    service: service === "cluster" ? { type: "ClusterIP", ports: [https] } : { type: "None" },
  };
}

/** One pod of a gateway may stop, or be killed, without an outage. */
function availability(istio: string): Values {
  return {
    autoscaling: { minReplicas: 2 },
    podDisruptionBudget: { minAvailable: 1 },
    topologySpreadConstraints: [
      {
        maxSkew: 1,
        topologyKey: "kubernetes.io/hostname",
        // A cluster with one node runs both pods on it.
        whenUnsatisfiable: "ScheduleAnyway",
        labelSelector: { matchLabels: { istio } },
      },
    ],
    lifecycle: { preStop: { sleep: { seconds: PRE_STOP_SECONDS } } },
    terminationGracePeriodSeconds: PRE_STOP_SECONDS + 15,
  };
}
