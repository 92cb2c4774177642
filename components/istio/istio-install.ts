import * as k8s from "@pulumi/kubernetes";
import * as pulumi from "@pulumi/pulumi";

import { ACCESS_LOG_FORMAT } from "./access-log";
import { chartRelease } from "../helm/chart-release";
import type { IstioValues } from "./istio-values";
import { PeerAuthentication } from "./objects/peer-authentication";
import {
  defaultRevisionValues,
  istiodName,
  type IstioRevision,
  newest,
  revisionValues,
} from "./revision";
import { type GatewayRef, type GatewayToInstall, IstioGateway } from "./istio-gateway";
import { mergeValues } from "../helm/merge-values";
import type { Issuer } from "../pki/issuer";

/** Inputs of {@link IstioInstall}. */
export interface IstioInstallArgs {
  /** Trust domain of this mesh alone (DNS name); every identity of the mesh starts with it. */
  readonly trustDomain: string;
  /** The mesh's intermediate CA, which signs its workload certificates. */
  readonly ca: Issuer;
  /** Root certificate (PEM) that the intermediate chains to. */
  readonly rootCertPem: pulumi.Input<string>;
  /**
   * Control planes that run side by side. The first is the mesh's own; another comes beside it while Istio is
   * upgraded.
   */
  readonly revisions: readonly [IstioRevision, ...IstioRevision[]];
  /**
   * Values laid over the program's own, by chart.
   *
   * @default {}
   */
  readonly values?: IstioValues;
  /** Gateways to install, by name. */
  readonly gateways: readonly GatewayToInstall[];
}

/** Istio's root namespace: the control plane's own, where mesh-wide policies live. */
export const ROOT_NAMESPACE = "istio-system";

/**
 * Istio's control plane with a plug-in CA, closed by default: STRICT mutual TLS for every workload, no way to
 * hosts that the mesh does not know, host names captured by the sidecars' own DNS.
 *
 * @see https://istio.io/latest/docs/setup/install/helm/
 * @see https://istio.io/latest/docs/tasks/security/cert-management/plugin-ca-cert/
 */
export class IstioInstall extends pulumi.ComponentResource {
  readonly #gateways: ReadonlyMap<string, GatewayRef>;

  /** The control planes' releases: what needs an injector or the CRDs depends on them. */
  public readonly controlPlanes: k8s.helm.v3.Release[];

  constructor(name: string, args: IstioInstallArgs, opts?: pulumi.ComponentResourceOptions) {
    super("mtls:index:IstioInstall", name, {}, opts);
    const values = args.values ?? {};

    const namespace = new k8s.core.v1.Namespace(
      `${name}-namespace`,
      { metadata: { name: ROOT_NAMESPACE } },
      { parent: this },
    );
    const cacerts = new k8s.core.v1.Secret(
      `${name}-cacerts`,
      {
        metadata: { name: "cacerts", namespace: namespace.metadata.name },
        stringData: {
          "ca-cert.pem": args.ca.certPem,
          "ca-key.pem": pulumi.secret(args.ca.privateKeyPem),
          "root-cert.pem": args.rootCertPem,
          "cert-chain.pem": pulumi.interpolate`${args.ca.certPem}${args.rootCertPem}`,
        },
      },
      { parent: this },
    );
    const base = chartRelease(
      `${name}-base`,
      {
        chart: "base",
        charts: newest(args.revisions),
        releaseName: "istio-base",
        namespace: namespace.metadata.name,
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
          namespace: namespace.metadata.name,
          values: mergeValues(
            { ...istiodValues(args.trustDomain), ...revisionValues(revision) },
            values.istiod ?? {},
          ),
        },
        // CRDs first; and without `cacerts` istiod would start on a self-signed CA of its own.
        { parent: this, dependsOn: [base, cacerts] },
      ),
    );
    const dependsOn = this.controlPlanes;
    new PeerAuthentication(
      `${name}-strict`,
      {
        metadata: { name: "default", namespace: namespace.metadata.name },
        spec: { mtls: { mode: "STRICT" } },
      },
      { parent: this, dependsOn },
    );

    this.#gateways = new Map(
      args.gateways.map((gateway) => [
        gateway.gatewayName,
        new IstioGateway(
          `${name}-${gateway.gatewayName}`,
          { ...gateway, values: values.gateway ?? {} },
          // The gateway's Envoy comes from istiod's injector.
          { parent: this, dependsOn },
        ).ref,
      ]),
    );
    this.registerOutputs();
  }

  /**
   * The gateway of that name.
   *
   * @throws Error when no such gateway was asked for
   */
  public gateway(gatewayName: string): GatewayRef {
    const gateway = this.#gateways.get(gatewayName);
    if (!gateway)
      throw new Error(`IstioInstall installs no gateway "${gatewayName}": add it to its gateways`);
    return gateway;
  }
}

/** What this program wants of istiod; users lay their own values over it. */
function istiodValues(trustDomain: string) {
  return {
    meshConfig: {
      trustDomain,
      accessLogFile: "/dev/stdout",
      accessLogFormat: ACCESS_LOG_FORMAT,
      outboundTrafficPolicy: { mode: "REGISTRY_ONLY" },
      // The application asks for the server's host by name; the sidecar answers, no DNS zone is touched.
      defaultConfig: { proxyMetadata: { ISTIO_META_DNS_CAPTURE: "true" } },
    },
  };
}
