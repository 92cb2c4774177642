import type { Policies, PolicyResource, ResourceValidationArgs } from "@pulumi/policy";

import type { Resource, ResourceRule, Rule } from "./rule";

/** The rules in the form that Pulumi's policy SDK expects. */
export function policies(rules: readonly Rule[]): Policies {
  return rules.map((rule) => {
    const { name, description, url, level, limits } = rule;
    const policy = {
      name,
      description,
      url,
      enforcementLevel: level,
      ...(limits && { configSchema: { properties: configProperties(limits) } }),
    };
    return "stackProblems" in rule
      ? {
          ...policy,
          validateStack: ({ resources }, report) => {
            for (const problem of rule.stackProblems(resources.map(toResource))) report(problem);
          },
        }
      : {
          ...policy,
          validateResource: (args, report) => {
            if (!isFor(rule, args.type)) return;
            const configured = limits ? args.getConfig<Record<string, number>>() : {};
            for (const problem of rule.problems(toResource(args), configured)) report(problem);
          },
        };
  });
}

function isFor({ types }: ResourceRule, type: string): boolean {
  return types === "any" || types.includes(type);
}

function toResource({ type, props, opts }: ResourceValidationArgs | PolicyResource): Resource {
  return { type, props, secretOutputs: opts.additionalSecretOutputs };
}

/** JSON schema of a rule's limits. */
function configProperties(limits: Readonly<Record<string, number>>) {
  return Object.fromEntries(
    Object.entries(limits).map(([key, value]) => [
      key,
      { type: "integer", minimum: 1, default: value } as const,
    ]),
  );
}
