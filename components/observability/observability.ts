import type * as pulumi from "@pulumi/pulumi";
import { z } from "zod";

import { checkArgs, input } from "../../validation/args";
import { objectName, oneOf, subdomainName } from "../../validation/fields";
import { report } from "../../validation/issues";
import { got } from "../../validation/show";
import { Component } from "../component";
import type { GatewayRef } from "../istio/gateway-ref";
import { ROOT_NAMESPACE } from "../istio/root-namespace";
import { type CertificateLifetimes, certificateLifetimes } from "../pki/lifetimes";
import type { GatewayEnd } from "./alert";
import { alertGroups } from "./alerts";
import { dashboard } from "./dashboard";
import { monitoringTools } from "./monitoring-tools";
import { dashboardObject, managedObjects, operatorObjects } from "./objects";
import { PROMETHEUS_RELEASE } from "./release-name";
import { gatewayScrape, istiodScrape, SERIES_LABEL, sidecarScrape } from "./scrapes";
import { type ObservabilityInput, observabilitySettings } from "./settings";

/** Inputs of {@link Observability}. */
export interface ObservabilityArgs {
  /** What collects metrics, raises alerts and shows dashboards. */
  readonly settings: ObservabilityInput;
  /** Which end of the connection between the meshes this mesh's gateway is. */
  readonly end: GatewayEnd;
  /** The gateway. Its pods have the label `istio` with the value `ingressgateway` or `egressgateway`. */
  readonly gateway: GatewayRef;
  /**
   * With end `egress`: names of the Secrets with the gateway's certificates, one for each server.
   *
   * @default ["client-credential"]
   */
  readonly credentialNames?: readonly string[];
  /** Namespace of the application. Kiali draws the traffic of its sidecars. */
  readonly applicationNamespace: pulumi.Input<string>;
  /**
   * How long certificates are valid, in hours. Alerts fire and the dashboard changes color when a renewal is overdue.
   *
   * @default 87600 for the root (10 years), 8760 for intermediates (1 year), 2160 for leaves (90 days)
   */
  readonly lifetimes?: Partial<CertificateLifetimes>;
}

const observabilityArgs = z
  .looseObject({
    settings: observabilitySettings,
    end: oneOf("ingress", "egress"),
    gateway: z.looseObject({
      namespace: input(objectName),
      labels: z.record(z.string(), z.string()),
    }),
    credentialNames: z.array(subdomainName).readonly().optional(),
    applicationNamespace: input(objectName),
    lifetimes: certificateLifetimes.prefault({}),
  })
  .superRefine(({ end, gateway }, context) => {
    const label = gateway.labels[SERIES_LABEL];
    if (label === `${end}gateway`) return;
    report(context, {
      path: ["gateway", "labels", SERIES_LABEL],
      message:
        `must be "${end}gateway" ${got(label)}: alerts and the dashboard select the gateway's metrics by this label. ` +
        "Use the gateway of this end, and install it under the name " +
        `istio-${end}gateway`,
    });
  });

/**
 * Scrapes, alerts and a dashboard for one end of the connection between the meshes. With `install`, also the tools that
 * use them: Prometheus, Alertmanager, Grafana and Kiali.
 *
 * @throws ArgsError when an argument is invalid
 * @see https://istio.io/latest/docs/ops/integrations/prometheus/
 * @example
 * new Observability(
 *   "observability",
 *   {
 *     settings: { prometheus: "install", kiali: false },
 *     end: "ingress",
 *     gateway: {
 *       name: "istio-ingressgateway",
 *       namespace: "istio-ingress",
 *       labels: { istio: "ingressgateway" },
 *     },
 *     applicationNamespace: "httpbin",
 *   },
 *   { provider },
 * );
 */
export class Observability extends Component {
  /** With `install`: password of Grafana's account `admin`, a secret. */
  public readonly grafanaPassword?: pulumi.Output<string>;

  constructor(name: string, args: ObservabilityArgs, opts?: pulumi.ComponentResourceOptions) {
    const { settings, lifetimes, credentialNames } = checkArgs(
      "Observability",
      name,
      observabilityArgs,
      args,
    );
    super("Observability", name, opts);
    const { gateway } = args;

    const scrapes = [
      gatewayScrape(gateway.namespace, gateway.labels),
      istiodScrape(ROOT_NAMESPACE),
    ];
    const groups = alertGroups(args.end, lifetimes, credentialNames);
    if (settings.prometheus === "managed") {
      managedObjects(name, { scrapes, groups }, { parent: this });
      return;
    }

    const tools =
      settings.prometheus === "install"
        ? monitoringTools(name, settings, { parent: this })
        : undefined;
    const namespace = tools?.namespace ?? settings.namespace;
    operatorObjects(
      name,
      {
        scrapes: [...scrapes, sidecarScrape(args.applicationNamespace)],
        groups,
        namespace,
        labels:
          settings.prometheus === "operator" ? settings.labels : { release: PROMETHEUS_RELEASE },
      },
      // The release installs the definitions of these objects.
      { parent: this, ...(tools && { dependsOn: tools.release }) },
    );
    dashboardObject(
      `${name}-dashboard`,
      { namespace, json: dashboard(lifetimes, credentialNames) },
      { parent: this },
    );
    if (tools) this.grafanaPassword = tools.grafanaPassword;
  }
}
