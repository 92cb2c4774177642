/**
 * How the stand-ins intentionally differ from the official plugins. With official plugins under test, the tests of these
 * differences are skipped, with this reason. All other tests hold for both.
 */
export const DEVIATIONS = {
  refusal: "the official plugins know more types, and accept properties that they do not know",
  rendering: "the official plugin finds wrong values only during the installation",
  stuckRelease: "the official plugin repeats only Helm's message",
  podReasons: "the official plugin repeats Helm's message, without the reasons of the pods",
  endpoints: "the official plugin looks at Endpoints, which only real pods produce",
  emptyValues: "the official plugin keeps the previous values if the program gives none",
} as const;
