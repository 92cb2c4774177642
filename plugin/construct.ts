import type * as pulumi from "@pulumi/pulumi";

/** What the other process gets of a component: its URN and its outputs. */
export interface Constructed<Outputs> {
  readonly urn: pulumi.Output<string>;
  readonly state: Outputs;
}

/** Creates a component for a program in another process, which may use another language. */
export type Construct<Inputs, Outputs> = (
  name: string,
  inputs: Inputs,
  options: pulumi.ComponentResourceOptions,
) => Constructed<Outputs>;
