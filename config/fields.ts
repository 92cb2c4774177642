import { z } from "zod";

import { MISSING } from "./problems";
import { shown } from "./shown";

const LABEL = "[a-z0-9]([-a-z0-9]{0,61}[a-z0-9])?";
const DNS_NAME = new RegExp(`^(?=.{1,253}$)${LABEL}(\\.${LABEL})+$`);
const DNS_LABEL = new RegExp(`^${LABEL}$`);
const IPV4 = /^((25[0-5]|2[0-4]\d|1?\d?\d)(\.(?!$)|$)){4}$/;

/** The message of a value that is no `what`. */
function wrong(what: string, remedy: string) {
  return ({ input }: { readonly input?: unknown }) =>
    input === undefined ? MISSING : `${shown(input)} is no ${what}: ${remedy}`;
}

/** A text that `matches`. */
export function text(matches: (value: string) => boolean, what: string, remedy: string) {
  const error = wrong(what, remedy);
  return z.string({ error }).refine(matches, { error });
}

/** A DNS name of two labels or more, such as a host or a trust domain. */
export const dnsName = text(
  (value) => DNS_NAME.test(value) && !IPV4.test(value),
  "DNS name",
  "use lower-case labels joined by dots, such as application.example.com",
);

/** A Kubernetes object's name that is also a DNS label. */
export const objectName = text(
  (value) => DNS_LABEL.test(value),
  "Kubernetes name",
  "use at most 63 lower-case letters, digits and dashes, such as httpbin",
);

/** Where clients connect to: an IPv4 address or a DNS name. */
export const address = text(
  (value) => IPV4.test(value) || DNS_NAME.test(value),
  "address",
  "use an IPv4 address or a DNS name that the clients' clusters can reach",
);

/** A range of addresses. */
export const cidr = text(
  (value) => {
    const [base = "", bits = "", ...rest] = value.split("/");
    return rest.length === 0 && IPV4.test(base) && /^(\d|[12]\d|3[0-2])$/.test(bits);
  },
  "range",
  "use CIDR notation, such as 203.0.113.0/24",
);

/** A whole number within bounds. */
export function whole(least: number, most: number, what: string) {
  return z
    .unknown()
    .refine((value) => isWhole(value) && Number(value) >= least && Number(value) <= most, {
      error: wrong(what, `use a whole number from ${least} to ${most}`),
    })
    .transform(Number);
}

function isWhole(value: unknown): boolean {
  return typeof value === "string" ? /^\d+$/.test(value) : Number.isInteger(value);
}

/** One of a few words. */
export function oneOf<const Word extends string>(...words: readonly [Word, ...Word[]]) {
  const choices = words.map((word) => `"${word}"`).join(" or ");
  return z.enum(words, { error: wrong("choice", `use ${choices}`) });
}

/** Yes or no, as the engine hands it over. */
export const flag = z
  .enum(["true", "false"], { error: wrong("yes or no", "use true or false") })
  .transform((value) => value === "true");

/** A structured value, which the engine hands over as JSON. */
export function structured<Schema extends z.ZodType>(schema: Schema) {
  return z
    .string({ error: MISSING })
    .transform((value, context): unknown => {
      try {
        return JSON.parse(value);
      } catch {
        context.addIssue({
          code: "custom",
          message: `${shown(value)} is no structured value: edit the stack's file, or set it with \`pulumi config set --path\``,
        });
        return z.NEVER;
      }
    })
    .pipe(schema);
}

/** An object of that kind, or nothing when it is empty, which is how Pulumi.yaml says "none". */
export function orNothing<Value>(schema: z.ZodType<Value>) {
  return z.preprocess((value) => (isEmptyObject(value) ? undefined : value), schema.optional());
}

function isEmptyObject(value: unknown): boolean {
  return (
    typeof value === "object" &&
    value !== null &&
    !Array.isArray(value) &&
    Object.keys(value).length === 0
  );
}

/** A version of a Helm chart, such as the one that the message shows. */
export function chartVersion(example: string) {
  return text(
    (value) => /^\d+\.\d+\.\d+(-[\w.-]+)?$/.test(value),
    "version",
    `use one such as ${example}`,
  );
}

/** Where charts come from. */
export const chartsPlace = z
  .string()
  .min(1, { error: "is empty: name a repository, a registry or a folder" });

/** Helm values. */
export const helmValues = z.record(z.string(), z.unknown());

/** Demands that no two items share `value`. */
export function distinct<Item>(what: string, value: (item: Item) => string) {
  return (items: readonly Item[], context: z.RefinementCtx): void => {
    const seen = new Set<string>();
    items.forEach((item, index) => {
      const word = value(item);
      if (seen.has(word)) {
        context.addIssue({
          code: "custom",
          path: [index, what],
          message: `"${word}" is there twice: give each its own ${what}`,
        });
      }
      seen.add(word);
    });
  };
}
