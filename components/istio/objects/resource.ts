import * as k8s from "@pulumi/kubernetes";
import type * as pulumi from "@pulumi/pulumi";

/** What every Istio object is given: where it lives, and what it says. */
export interface IstioArgs<Spec> {
  readonly metadata: {
    readonly name: pulumi.Input<string>;
    readonly namespace: pulumi.Input<string>;
  };
  readonly spec: Spec;
}

/** Labels by which an Istio object picks pods. */
export type Labels = Readonly<Record<string, pulumi.Input<string>>>;

/**
 * An Istio object whose `spec` is narrowed to the fields that this program writes. The types are held
 * against Istio's own CRDs by `test/types/istio.ts`, and by the API server when they are applied.
 */
export abstract class IstioResource<Spec> extends k8s.apiextensions.CustomResource {
  protected constructor(
    apiVersion: string,
    kind: string,
    name: string,
    args: IstioArgs<Spec>,
    opts?: pulumi.CustomResourceOptions,
  ) {
    super(name, { apiVersion, kind, ...args }, opts);
  }
}
