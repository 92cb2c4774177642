import type { Policies, PolicyResource, ResourceValidationArgs } from "@pulumi/policy";

import type { Resource, ResourceRule, Rule } from "./rule";

/** The rules as CrossGuard takes them. */
export function policies(rules: readonly Rule[]): Policies {
  return rules.map((rule) => {
    const { name, description, url, level, limits } = rule;
    const about = {
      name,
      description,
      url,
      enforcementLevel: level,
      ...(limits && { configSchema: { properties: settings(limits) } }),
    };
    return "stackProblems" in rule
      ? {
          ...about,
          validateStack: ({ resources }, report) => {
            for (const problem of rule.stackProblems(resources.map(shown))) report(problem);
          },
        }
      : {
          ...about,
          validateResource: (args, report) => {
            if (!looksAt(rule, args.type)) return;
            const given = limits ? args.getConfig<Record<string, number>>() : {};
            for (const problem of rule.problems(shown(args), given)) report(problem);
          },
        };
  });
}

function looksAt({ types }: ResourceRule, type: string): boolean {
  return types === "any" || types.includes(type);
}

function shown({ type, props, opts }: ResourceValidationArgs | PolicyResource): Resource {
  return { type, props, secretOutputs: opts.additionalSecretOutputs };
}

function settings(limits: Readonly<Record<string, number>>) {
  return Object.fromEntries(
    Object.entries(limits).map(([key, value]) => [
      key,
      { type: "integer", minimum: 1, default: value } as const,
    ]),
  );
}
