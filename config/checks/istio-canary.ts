import type { z } from "zod";

import { isReported, report } from "../../validation/issues";
import { got } from "../../validation/show";
import type { CommonValues } from "../keys";

/** How many minor versions apart two control planes may be: https://istio.io/latest/docs/setup/upgrade/ */
const MAX_MINOR_VERSIONS_APART = 2;

/** Reports a canary that cannot run beside the first control plane. */
export function checkIstioCanary(
  {
    istioCanary,
    istioRevision,
    istioVersion,
  }: Pick<CommonValues, "istioCanary" | "istioRevision" | "istioVersion">,
  context: z.RefinementCtx,
): void {
  if (!istioCanary) return;
  const { revision, version } = istioCanary;
  const hasVersions = [["istioVersion"], ["istioCanary", "version"]].every(
    (path) => !isReported(context, path),
  );
  if (revision === istioRevision) {
    const example = hasVersions ? version.replaceAll(".", "-") : "canary";
    report(context, {
      path: ["istioCanary", "revision"],
      message: `must differ from istioRevision ${got(revision)}: use another name, such as "${example}"`,
    });
  }
  if (!hasVersions) return;
  const [major = 0, minor = 0] = istioVersion.split(".").map(Number);
  const [canaryMajor = 0, canaryMinor = 0] = version.split(".").map(Number);
  if (canaryMajor !== major || Math.abs(canaryMinor - minor) > MAX_MINOR_VERSIONS_APART) {
    report(context, {
      path: ["istioCanary", "version"],
      message: `must be at most ${MAX_MINOR_VERSIONS_APART} minor versions from istioVersion ${istioVersion} ${got(version)}: upgrade in steps`,
    });
  }
}
