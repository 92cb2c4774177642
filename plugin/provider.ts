import * as pulumi from "@pulumi/pulumi";

import { ArgsError } from "../validation/args";
import { formatPath, type Problem } from "../validation/problem";
import { inputProblems } from "./check-inputs";
import * as components from "./components";
import type { Construct } from "./construct";
import { schema, schemaText } from "./schema";

/** Creates the components for programs in other processes. */
export const provider: pulumi.provider.Provider = {
  version: schema.version,
  schema: schemaText,
  // eslint-disable-next-line @typescript-eslint/require-await -- Pulumi expects a rejected promise, not an exception
  async construct(name, type, inputs: Record<string, unknown>, options) {
    const problems = inputProblems(schema, type, inputs);
    if (problems.length > 0) throw inputsError(type, name, problems);
    try {
      return constructOf(type)(name, inputs, options);
    } catch (error) {
      throw error instanceof ArgsError ? inputsError(type, name, error.problems) : error;
    }
  },
};

/** The function that creates a component. The inputs match its type: they match the schema, which is made from it. */
function constructOf(type: string): Construct<unknown, object> {
  const component = type.replace(/^.*:/, "") as keyof typeof components;
  return components[component] as Construct<unknown, object>;
}

/** An error that Pulumi shows property by property. */
function inputsError(type: string, name: string, problems: readonly Problem[]): Error {
  return new pulumi.InputPropertiesError({
    message: `${type} "${name}" has invalid inputs`,
    errors: problems.map(({ path, message }) => ({
      propertyPath: formatPath(path),
      reason: message,
    })),
  });
}

/** Serves the provider to the engine that started this process. */
export function serve(): Promise<void> {
  return pulumi.provider.main(provider, process.argv.slice(2));
}
