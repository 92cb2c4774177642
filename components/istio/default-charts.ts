/**
 * Istio's charts, and the version that the stacks install by default. CONTRIBUTING.md has what to raise with it.
 *
 * @see https://istio.io/latest/docs/setup/install/helm/
 */
export const DEFAULT_ISTIO_CHARTS = {
  source: "https://istio-release.storage.googleapis.com/charts",
  version: "1.31.0",
} as const;
