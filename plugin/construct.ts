import type * as pulumi from "@pulumi/pulumi";

/** What a component is made of on the other side: its URN, and outputs without anything that only lives here. */
export interface Constructed<Outputs> {
  readonly urn: pulumi.Output<string>;
  readonly state: Outputs;
}

/** Makes a component for a program in another process, maybe in another language. */
export type Construct<Inputs, Outputs> = (
  name: string,
  inputs: Inputs,
  options: pulumi.ComponentResourceOptions,
) => Constructed<Outputs>;
