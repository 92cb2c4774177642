import * as k8s from "@pulumi/kubernetes";
import type * as pulumi from "@pulumi/pulumi";

/** Labels by which an Istio object selects pods. */
export type Labels = Readonly<Record<string, pulumi.Input<string>>>;

/** Metadata of an Istio object. */
export interface IstioMetadata {
  readonly name: pulumi.Input<string>;
  readonly namespace: pulumi.Input<string>;
  readonly labels?: Readonly<Record<string, pulumi.Input<string>>>;
  readonly annotations?: Readonly<Record<string, pulumi.Input<string>>>;
}

/** Arguments of an Istio object. */
export interface IstioArgs<Spec> {
  readonly metadata: IstioMetadata;
  readonly spec: Spec;
}

/**
 * An Istio object whose `spec` has only the fields that this project sets or lets a transform set. `test/types/istio.ts`
 * checks the types against Istio's CRDs at compile time, and the API server checks each object.
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
