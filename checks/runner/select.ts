import type { Check } from "../check";

/**
 * Selects the checks whose slugs match one of the patterns, in the order of the list. `*` matches any text. Without
 * patterns, selects all.
 *
 * @throws Error when a pattern matches no check
 */
export function selectChecks(
  checks: readonly Check[],
  patterns: readonly string[],
): readonly Check[] {
  if (patterns.length === 0) return checks;
  const matchers = patterns.map((pattern) => {
    const matcher = new RegExp(`^${pattern.split("*").map(escapeRegExp).join(".*")}$`);
    if (checks.some(({ slug }) => matcher.test(slug))) return matcher;
    throw new Error(
      `--checks: "${pattern}" matches no check: write a slug, or a pattern such as "ingress/*". --help lists them`,
    );
  });
  return checks.filter(({ slug }) => matchers.some((matcher) => matcher.test(slug)));
}

function escapeRegExp(text: string): string {
  return text.replace(/[\\^$.|?+()[\]{}]/g, "\\$&");
}
