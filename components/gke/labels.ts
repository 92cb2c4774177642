import { z } from "zod";

import { string } from "../../validation/fields";
import { report } from "../../validation/issues";
import { got } from "../../validation/show";

// Google adds labels of its own, with keys that start with goog-.
const KEY = /^(?!goog-)[a-z][-_a-z0-9]{0,62}$/;
/** A resource has at most 64 labels. Four are left for those that Google and the provider add. */
const MAX_LABELS = 60;
const VALUE = /^[-_a-z0-9]{0,63}$/;

const value = string(
  (text) => VALUE.test(text),
  "a label value",
  "use at most 63 lowercase letters, digits, hyphens and underscores",
);

/**
 * Labels of Google Cloud resources.
 *
 * @see https://cloud.google.com/kubernetes-engine/docs/how-to/creating-managing-labels#requirements
 */
export const labels = z.record(z.string(), value).superRefine((entries, context) => {
  const count = Object.keys(entries).length;
  if (count > MAX_LABELS) {
    report(context, {
      path: [],
      message: `must be at most ${MAX_LABELS} labels (got ${count}): remove the others`,
    });
  }
  for (const key of Object.keys(entries).filter((text) => !KEY.test(text))) {
    report(context, {
      path: [key],
      message:
        `must be a label key ${got(key)}: use at most 63 lowercase letters, digits, hyphens and ` +
        "underscores, start with a letter, and do not start with goog-, which Google uses",
    });
  }
});
