import * as gcp from "@pulumi/gcp";
import type * as pulumi from "@pulumi/pulumi";

/** Whether the program may enable APIs of the project. */
export interface ApiSettings {
  /**
   * Whether to enable the APIs that the resources need. Needs the permission `serviceusage.services.enable`; switch it
   * off where someone else enables APIs.
   *
   * @default true
   * @see https://cloud.google.com/service-usage/docs/enable-disable
   */
  readonly enableApis?: boolean;
}

/** Enables `apis` (names without `.googleapis.com`) in `project`. */
export function enableApis(
  parent: pulumi.Resource,
  name: string,
  project: string,
  apis: readonly string[],
): gcp.projects.Service[] {
  return apis.map(
    (api) =>
      new gcp.projects.Service(
        `${name}-${api}-api`,
        {
          project,
          service: `${api}.googleapis.com`,
          // Others in the project may have come to need it; an enabled API costs nothing.
          disableOnDestroy: false,
        },
        { parent },
      ),
  );
}
