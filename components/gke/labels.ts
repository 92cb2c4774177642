import { z } from "zod";

import { string } from "../../validation/fields";
import { report } from "../../validation/issues";
import { got } from "../../validation/show";

const KEY = /^[a-z][-_a-z0-9]{0,62}$/;
const VALUE = /^[-_a-z0-9]{0,63}$/;

const value = string(
  (text) => VALUE.test(text),
  "a label value",
  "use at most 63 lowercase letters, digits, hyphens and underscores",
);

/**
 * Labels of Google Cloud resources.
 *
 * @see https://cloud.google.com/compute/docs/labeling-resources#requirements
 */
export const labels = z.record(z.string(), value).superRefine((entries, context) => {
  for (const key of Object.keys(entries).filter((text) => !KEY.test(text))) {
    report(context, {
      path: [key],
      message:
        `must be a label key ${got(key)}: use at most 63 lowercase letters, digits, hyphens and ` +
        "underscores, and start with a letter",
    });
  }
});
