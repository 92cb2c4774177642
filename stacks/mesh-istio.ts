import type * as pulumi from "@pulumi/pulumi";

import { gatewayAccessLog, sidecarAccessLog } from "../components/istio/access-log-objects";
import { ExistingIstio } from "../components/istio/existing-istio";
import type { GatewayRef } from "../components/istio/gateway-ref";
import type { GatewayToInstall } from "../components/istio/istio-gateway";
import { IstioInstall } from "../components/istio/istio-install";
import type { Issuer } from "../components/pki/issuer";
import type { Config } from "../config";
import { CLIENT_EGRESS, SERVER_INGRESS } from "./names";

/** Inputs of {@link meshIstio}. */
export interface MeshIstioArgs {
  /** The mesh's intermediate CA. An existing Istio has its own, and does not get it. */
  readonly ca: Issuer;
  /** Roots that the mesh trusts (PEM). */
  readonly trustAnchorPem: pulumi.Input<string>;
  /** Namespace of the application. */
  readonly namespace: pulumi.Input<string>;
  /** The stack's gateway. */
  readonly gateway: Omit<GatewayToInstall, "revision">;
}

/** The stack's gateway, and what pods with a sidecar depend on. */
export interface MeshIstio {
  readonly gateway: GatewayRef;
  readonly ready: pulumi.Resource[];
}

/** Istio with the stack's gateway: installed by the stack, or the one that the cluster has. */
export function meshIstio(
  name: string,
  config: Config,
  { ca, trustAnchorPem, namespace, gateway: settings }: MeshIstioArgs,
  opts: pulumi.ComponentResourceOptions,
): MeshIstio {
  const { existingIstio, istioValues, revisions } = config;
  const gateway = { ...settings, revision: revisions.gateways };
  const { objectPrefix } = config.role === "server" ? SERVER_INGRESS : CLIENT_EGRESS;
  if (existingIstio) {
    return new ExistingIstio(
      name,
      {
        application: { namespace, objectPrefix, calls: config.role === "client" },
        gateway,
        gatewayValues: istioValues.gateway ?? {},
      },
      opts,
    );
  }
  const installed = new IstioInstall(
    name,
    {
      trustDomain: config.trustDomain,
      ca,
      trustAnchorPem,
      revisions: revisions.controlPlanes,
      values: istioValues,
      gateways: [gateway],
    },
    opts,
  );
  const ref = installed.gateway(gateway.gatewayName);
  if (config.sidecarAccessLogs === "failed") {
    const gatewayLog = gatewayAccessLog(
      name,
      { gateway: ref, objectPrefix },
      { parent: installed },
    );
    // The egress gateway may be in the application's namespace. With this order it never logs less than every request.
    const afterGateway = { parent: installed, dependsOn: gatewayLog };
    sidecarAccessLog(name, { namespace, objectPrefix }, afterGateway);
  }
  return { gateway: ref, ready: installed.controlPlanes };
}

/** The trust domain in the identities of the mesh's workloads. */
export function workloadTrustDomain({ existingIstio, trustDomain }: Config): string {
  return existingIstio?.trustDomain ?? trustDomain;
}
