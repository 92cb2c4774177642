/**
 * Where the stand-ins do otherwise than the official plugins, on purpose. Tests of these are skipped, with the
 * reason, where official plugins are under test; all other tests hold for both.
 */
export const DEVIATIONS = {
  refusal: "the official plugins know more types, and pass over properties that they do not know",
  rendering: "the official plugin finds wrong values only when it installs",
  stuckRelease: "the official plugin repeats Helm's words alone",
  podReasons: "the official plugin repeats Helm's words, without the reasons of the release's pods",
  endpoints: "the official plugin looks at Endpoints, which real pods alone give",
  emptyValues: "the official plugin leaves the former values when none are given",
} as const;
