import * as gcp from "@pulumi/gcp";
import type * as pulumi from "@pulumi/pulumi";

/** Inputs of {@link enableApis}. */
export interface EnableApisArgs {
  /** Project ID. */
  readonly project: string;
  /** APIs, without `.googleapis.com`. */
  readonly apis: readonly string[];
}

/** Enables APIs of the project. */
export function enableApis(
  name: string,
  { project, apis }: EnableApisArgs,
  opts: pulumi.CustomResourceOptions,
): gcp.projects.Service[] {
  return apis.map(
    (api) =>
      new gcp.projects.Service(
        `${name}-${api}-api`,
        {
          project,
          service: `${api}.googleapis.com`,
          // Other resources in the project may use the API by then. An enabled API costs nothing.
          disableOnDestroy: false,
        },
        opts,
      ),
  );
}
