import type * as pulumi from "@pulumi/pulumi";
import { z } from "zod";

import { checkArgs, input } from "../../validation/args";
import { flag, objectName } from "../../validation/fields";
import { Component } from "../component";
import { gatewayAccessLog } from "./access-log-objects";
import { closedNamespace, type ClosedNamespaceArgs } from "./closed-namespace";
import type { GatewayRef } from "./gateway-ref";
import { type GatewayToInstall, gatewayToInstall, IstioGateway } from "./istio-gateway";
import type { Values } from "../helm/merge-values";

/** Inputs of {@link ExistingIstio}. */
export interface ExistingIstioArgs {
  /** The namespace of the applications. */
  readonly application: ClosedNamespaceArgs;
  /** The gateway to install. */
  readonly gateway: GatewayToInstall;
  /**
   * Helm values for the gateway's chart that override the component's own.
   *
   * @default {}
   */
  readonly gatewayValues?: Values;
}

const existingIstioArgs = z.looseObject({
  application: z.looseObject({
    namespace: input(objectName),
    objectPrefix: objectName,
    calls: flag,
  }),
  gateway: gatewayToInstall,
});

/**
 * A gateway beside a control plane that is not the program's, in the gateway's `revision`. What `IstioInstall` sets for the whole mesh, this component sets for
 * one namespace and one gateway, and changes nothing else of the mesh.
 *
 * @throws ArgsError when an argument is invalid
 * @example
 * new ExistingIstio(
 *   "istio",
 *   {
 *     application: { namespace: "shop", objectPrefix: "orders", calls: true },
 *     gateway: {
 *       gatewayName: "egress-gateway",
 *       namespace: "shop",
 *       service: "cluster",
 *       revision: {
 *         name: "default",
 *         charts: {
 *           source: "https://istio-release.storage.googleapis.com/charts",
 *           version: "1.31.0",
 *         },
 *       },
 *     },
 *   },
 *   { providers: [provider] },
 * );
 */
export class ExistingIstio extends Component {
  /** The gateway. */
  public readonly gateway: GatewayRef;
  /** What pods with a sidecar, and Istio's objects, depend on. */
  public readonly ready: pulumi.Resource[];

  constructor(name: string, args: ExistingIstioArgs, opts?: pulumi.ComponentResourceOptions) {
    checkArgs("ExistingIstio", name, existingIstioArgs, args);
    super("ExistingIstio", name, opts);
    const { gateway, gatewayValues = {} } = args;

    const closed = closedNamespace(name, args.application, { parent: this });
    const installed = new IstioGateway(
      `${name}-${gateway.gatewayName}`,
      { ...gateway, values: gatewayValues },
      { parent: this },
    );
    this.gateway = installed.ref;
    const { objectPrefix } = args.application;
    gatewayAccessLog(name, { gateway: this.gateway, objectPrefix }, { parent: this });
    // The gateway takes seconds to start. By then, istiod has read what applies to new pods.
    this.ready = [...closed, installed];
  }
}
