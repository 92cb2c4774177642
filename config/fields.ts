import { z } from "zod";

import { parseCidr } from "../validation/cidr";
import { MISSING } from "./problems";
import { shown } from "./shown";

const LABEL = "[a-z0-9]([-a-z0-9]{0,61}[a-z0-9])?";
// The last label holds a letter: without one it would be an address, as a rule a mistyped one.
const DNS_NAME = new RegExp(`^(?=.{1,253}$)(${LABEL}\\.)+(?=[-0-9]*[a-z])${LABEL}$`);
const DNS_LABEL = new RegExp(`^${LABEL}$`);
/** As Kubernetes has it: labels of any length. */
const DNS_SUBDOMAIN =
  /^(?=.{1,253}$)[a-z0-9]([-a-z0-9]*[a-z0-9])?(\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*$/;
const IPV4 = /^((25[0-5]|2[0-4]\d|1\d\d|[1-9]?\d)(\.(?!$)|$)){4}$/;

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
  (value) => DNS_NAME.test(value),
  "DNS name",
  "use lower-case labels joined by dots, the last one with a letter, such as application.example.com",
);

/** A Kubernetes object's name that is also a DNS label. */
export const objectName = text(
  (value) => DNS_LABEL.test(value),
  "Kubernetes name",
  "use at most 63 lower-case letters, digits and dashes, such as httpbin",
);

/** Name of a service account, which may have dots. */
export const accountName = text(
  (value) => DNS_SUBDOMAIN.test(value),
  "service account",
  "use lower-case letters, digits, dashes and dots, such as client",
);

/** Where clients connect to: an IPv4 address or a DNS name; empty where it is not set. */
export const addressOrNothing = text(
  (value) => value === "" || IPV4.test(value) || DNS_NAME.test(value),
  "address",
  "use an IPv4 address, four numbers from 0 to 255, or a DNS name that the clients' clusters can reach",
);

/** A range of addresses. */
export const cidr = text(
  (value) => parseCidr(value) !== undefined,
  "range",
  "use CIDR notation with its first address, such as 203.0.113.0/24",
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

/** True or false, as the engine hands it over: a text. */
export const flag = z
  .enum(["true", "false"], {
    error: ({ input }) =>
      input === undefined ? MISSING : `${shown(input)} is neither true nor false: use one of them`,
  })
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
    for (const [index, word] of repeated(items.map(value))) {
      context.addIssue({
        code: "custom",
        path: [index, what],
        message: `${shown(word)} is there twice: give each its own ${what}`,
      });
    }
  };
}

/** Demands that no word is there twice. */
export function eachOnce(words: readonly string[], context: z.RefinementCtx): void {
  for (const [index, word] of repeated(words)) {
    context.addIssue({
      code: "custom",
      path: [index],
      message: `${shown(word)} is there twice: remove one of them`,
    });
  }
}

/** The words that were there before, each with its place. */
function repeated(words: readonly string[]): readonly (readonly [number, string])[] {
  return [...words.entries()].filter(([index, word]) => words.indexOf(word) < index);
}
