import { string } from "../../validation/fields";

/**
 * A stack's name.
 *
 * @see https://www.pulumi.com/docs/iac/concepts/stacks/#stack-naming
 */
export const stackName = string(
  (value) => /^[\w.-]+(\/[\w.-]+\/[\w.-]+)?$/.test(value),
  "the name of a stack",
  "use STACK, or ORGANIZATION/PROJECT/STACK",
);
