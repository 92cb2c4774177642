import * as k8s from "@pulumi/kubernetes";
import * as pulumi from "@pulumi/pulumi";

import type { GatewayRef } from "../istio/istio-gateway";
import { ROOT_NAMESPACE } from "../istio/istio-install";
import type { CertificateLifetimes } from "../pki/lifetimes";
import { alertGroups, type GatewayEnd } from "./alerts";
import { kiali } from "./kiali";
import { closedToOthers } from "./network-policy";
import { dashboard } from "./dashboard";
import { dashboardObject, managedObjects, operatorObjects } from "./objects";
import { PROMETHEUS_STACK, prometheusStack } from "./prometheus-stack";
import { gatewayScrape, istiodScrape, sidecarScrape } from "./scrapes";
import { MONITORING_NAMESPACE, type ObservabilitySettings } from "./settings";

/** Inputs of {@link Observability}. */
export interface ObservabilityArgs {
  /** What collects and what shows. */
  readonly settings: ObservabilitySettings;
  /** Which end of the path this mesh's gateway is. */
  readonly end: GatewayEnd;
  /** The gateway. */
  readonly gateway: GatewayRef;
  /** Namespace of the application, whose sidecars Kiali draws. */
  readonly application: pulumi.Input<string>;
  /** How long certificates live: it says when a renewal is overdue. */
  readonly lifetimes: CertificateLifetimes;
}

/**
 * Scrapes, alerts and a dashboard for one end of the path between the meshes; where asked for with what collects and
 * shows them, in a namespace of its own outside of the mesh: Envoy and istiod serve their metrics in plain HTTP.
 *
 * @see https://istio.io/latest/docs/ops/integrations/prometheus/
 */
export class Observability extends pulumi.ComponentResource {
  /** With `install`: password of Grafana's account `admin`, a secret. */
  public readonly grafanaPassword?: pulumi.Output<string>;

  constructor(name: string, args: ObservabilityArgs, opts?: pulumi.ComponentResourceOptions) {
    super("mtls:index:Observability", name, {}, opts);
    const { settings, gateway } = args;
    const watched = {
      scrapes: [gatewayScrape(gateway.namespace, gateway.labels), istiodScrape(ROOT_NAMESPACE)],
      groups: alertGroups(args.end, args.lifetimes),
    };
    if (settings.prometheus === "managed") {
      managedObjects(name, watched, { parent: this });
    } else {
      const installed =
        settings.prometheus === "install" ? this.#install(name, settings) : undefined;
      const namespace = installed?.namespace ?? settings.namespace ?? MONITORING_NAMESPACE;
      operatorObjects(
        name,
        { ...watched, scrapes: [...watched.scrapes, sidecarScrape(args.application)] },
        { namespace, labels: settings.labels ?? { release: PROMETHEUS_STACK } },
        // Their definitions come with the operator, and go after them.
        { parent: this, ...(installed && { dependsOn: installed.release }) },
      );
      dashboardObject(`${name}-dashboard`, namespace, dashboard(args.lifetimes), { parent: this });
      if (installed) this.grafanaPassword = installed.grafanaPassword;
    }
    this.registerOutputs();
  }

  /** Puts up what collects and shows. */
  #install(name: string, settings: ObservabilitySettings) {
    const made = new k8s.core.v1.Namespace(
      `${name}-namespace`,
      {
        metadata: {
          name: settings.namespace ?? MONITORING_NAMESPACE,
          labels: { "istio-injection": "disabled" },
        },
      },
      { parent: this },
    );
    const namespace = made.metadata.name;
    closedToOthers(`${name}-own-pods-only`, namespace, { parent: this });
    const { release, grafanaPassword } = prometheusStack(name, settings, namespace, this);
    if (settings.kiali ?? true) {
      kiali(`${name}-kiali`, settings, namespace, release, this);
    }
    return { namespace, release, grafanaPassword };
  }
}
