import { z } from "zod";

import { flag, string } from "../../validation/fields";
import { labels } from "./labels";

/** ID of a project. */
export const projectId = string(
  (value) => /^[a-z][-a-z0-9]{4,28}[a-z0-9]$/.test(value),
  "a project ID",
  "use the ID that `gcloud projects list` shows",
);

const region = string(
  (value) => /^[a-z]+-[a-z]+\d+$/.test(value),
  "a region",
  "use a name such as europe-west1",
);

/** The Google Cloud project that contains all resources. */
export const projectSettings = {
  /** Project ID. */
  project: projectId,
  /** Region (name, such as `europe-west1`). */
  region,
  /**
   * Whether to enable the APIs that the resources need. This requires the permission `serviceusage.services.enable`. Set
   * it to false if someone else enables the APIs.
   *
   * @default true
   * @see https://cloud.google.com/service-usage/docs/enable-disable
   */
  enableApis: flag.default(true),
  /**
   * Labels of the cluster, its nodes and its keys. Bills show costs per label. Keys and values have lowercase letters,
   * digits, `-` and `_`.
   *
   * @default {}
   * @see https://cloud.google.com/kubernetes-engine/docs/how-to/creating-managing-labels
   */
  labels: labels.default({}),
};

/** The settings of the project, by row. */
export const projectRows = z.object(projectSettings);

/** The settings of the project. */
export type ProjectSettings = Readonly<z.input<typeof projectRows>>;
