import type * as k8s from "@pulumi/kubernetes";
import type * as pulumi from "@pulumi/pulumi";

import { checkArgs } from "../../validation/args";
import { Component } from "../component";
import { chartRelease } from "../helm/chart-release";
import { mergeValues } from "../helm/merge-values";
import { keptNamespace } from "../kept-namespace";
import type { GatewayRef } from "./gateway-ref";
import { IstioGateway } from "./istio-gateway";
import { type IstioInstallArgs, istioInstallArgs } from "./istio-install-args";
import { istiodValues } from "./istiod-values";
import { PeerAuthentication } from "./objects/peer-authentication";
import { plugInCa } from "./plug-in-ca";
import { defaultRevisionValues, istiodName, newestCharts, revisionValues } from "./revision";
import { ROOT_NAMESPACE } from "./root-namespace";

/**
 * Istio's control plane with a plug-in CA. The mesh is closed by default: mutual TLS is STRICT for every workload,
 * sidecars only reach hosts that the mesh knows, and they resolve these hosts themselves.
 *
 * A cluster can have only one, because Istio's root namespace and its CRDs exist once.
 *
 * @throws ArgsError when an argument is invalid
 * @see https://istio.io/latest/docs/setup/install/helm/
 * @see https://istio.io/latest/docs/tasks/security/cert-management/plugin-ca-cert/
 * @example
 * const revision = {
 *   name: "default",
 *   charts: { source: "https://istio-release.storage.googleapis.com/charts", version: "1.31.0" },
 * };
 * const istio = new IstioInstall(
 *   "istio",
 *   {
 *     trustDomain: "mesh.example.com",
 *     ca: certificates.serverCa,
 *     trustAnchorPem: certificates.trustAnchorPem,
 *     revisions: [revision],
 *     gateways: [
 *       { gatewayName: "istio-ingressgateway", namespace: "istio-ingress", service: "none", revision },
 *     ],
 *   },
 *   { providers: [provider] },
 * );
 */
export class IstioInstall extends Component {
  readonly #gateways: ReadonlyMap<string, GatewayRef>;

  /** The control planes' releases. Pods with a sidecar, and Istio's objects, depend on them. */
  public readonly controlPlanes: k8s.helm.v3.Release[];

  constructor(name: string, args: IstioInstallArgs, opts?: pulumi.ComponentResourceOptions) {
    checkArgs("IstioInstall", name, istioInstallArgs, args);
    super("IstioInstall", name, opts);
    const values = args.values ?? {};

    const rootNamespace = keptNamespace(
      `${name}-namespace`,
      { name: ROOT_NAMESPACE },
      { parent: this },
    );
    const namespace = rootNamespace.metadata.name;
    const cacerts = plugInCa(
      `${name}-cacerts`,
      { namespace, ca: args.ca, trustAnchorPem: args.trustAnchorPem },
      { parent: this },
    );
    const base = chartRelease(
      `${name}-base`,
      {
        chart: "base",
        charts: newestCharts(args.revisions),
        releaseName: "istio-base",
        namespace,
        values: mergeValues(defaultRevisionValues(args.revisions[0]), values.base ?? {}),
      },
      { parent: this },
    );
    this.controlPlanes = args.revisions.map((revision) =>
      chartRelease(
        `${name}-${istiodName(revision)}`,
        {
          chart: "istiod",
          charts: revision.charts,
          releaseName: istiodName(revision),
          namespace,
          values: mergeValues(
            { ...istiodValues(args.trustDomain), ...revisionValues(revision) },
            values.istiod ?? {},
          ),
        },
        // istiod needs the CRDs. Without `cacerts` it would start with a self-signed CA.
        { parent: this, dependsOn: [base, cacerts] },
      ),
    );
    const dependsOn = this.controlPlanes;
    new PeerAuthentication(
      `${name}-strict`,
      { metadata: { name: "default", namespace }, spec: { mtls: { mode: "STRICT" } } },
      { parent: this, dependsOn },
    );
    this.#gateways = new Map(
      args.gateways.map((gateway) => [
        gateway.gatewayName,
        new IstioGateway(
          `${name}-${gateway.gatewayName}`,
          { ...gateway, values: values.gateway ?? {} },
          // istiod's injector adds the gateway's Envoy.
          { parent: this, dependsOn },
        ).ref,
      ]),
    );
  }

  /**
   * The gateway `gatewayName`.
   *
   * @throws Error when the argument `gateways` has no such gateway
   */
  public gateway(gatewayName: string): GatewayRef {
    const gateway = this.#gateways.get(gatewayName);
    if (gateway) return gateway;
    const names = [...this.#gateways.keys()].map((each) => `"${each}"`).join(", ") || "none";
    throw new Error(
      `IstioInstall has no gateway "${gatewayName}" (it has ${names}): add it to the argument gateways`,
    );
  }
}
