import { existsSync } from "node:fs";
import { join } from "node:path";
import type { z } from "zod";

import { isFolder } from "../../validation/chart-source";
import { expandHome } from "../../validation/home";
import { report } from "../../validation/issues";
import { got } from "../../validation/show";
import type { CommonValues } from "../keys";

const ISTIO_CHARTS = ["base", "istiod", "gateway"];

/** Reports a folder of charts that is not there, or that lacks one of the charts. */
export function checkChartFolders(
  {
    istioCharts,
    istioCanary,
    existingIstio,
    observability,
  }: Pick<CommonValues, "istioCharts" | "istioCanary" | "existingIstio" | "observability">,
  context: z.RefinementCtx,
): void {
  checkFolder(context, ["istioCharts"], istioCharts, existingIstio ? ["gateway"] : ISTIO_CHARTS);
  checkFolder(context, ["istioCanary", "charts"], istioCanary?.charts, ISTIO_CHARTS);
  if (observability?.prometheus !== "install") return;
  const { prometheusCharts, kiali, kialiCharts } = observability;
  const inObservability = (key: string) => ["observability", key];
  checkFolder(context, inObservability("prometheusCharts"), prometheusCharts, [
    "kube-prometheus-stack",
  ]);
  if (kiali) checkFolder(context, inObservability("kialiCharts"), kialiCharts, ["kiali-server"]);
}

function checkFolder(
  context: z.RefinementCtx,
  path: readonly string[],
  source: string | undefined,
  charts: readonly string[],
): void {
  if (source === undefined || !isFolder(source)) return;
  const folder = expandHome(source);
  const missing = charts.filter((chart) => !existsSync(join(folder, chart, "Chart.yaml")));
  if (missing.length === 0) return;
  const reason = existsSync(folder)
    ? `it has no chart ${missing.join(", ")}`
    : "there is no such folder";
  report(context, {
    path,
    message:
      `must be a folder with a folder for each chart, ${charts.join(", ")} ${got(source)}: ${reason}. Correct the path, or ` +
      "name a repository (https://…) or a registry (oci://…)",
  });
}
