import { writeFileSync } from "node:fs";
import { join } from "node:path";

import * as echarts from "echarts";

/** A plot of groups of bars, or of lines over categories. */
export interface Plot {
  /** Name of its file, without the ending. */
  readonly name: string;
  readonly title: string;
  readonly kind: "bar" | "line";
  readonly unit: string;
  readonly categories: readonly string[];
  readonly series: readonly { readonly name: string; readonly values: readonly number[] }[];
  readonly logarithmic?: true;
}

const SIZE = { width: 720, height: 360 } as const;

/** Draws a plot as SVG. */
export function drawPlot({ title, kind, unit, categories, series, logarithmic }: Plot): string {
  const chart = echarts.init(null, null, { renderer: "svg", ssr: true, ...SIZE });
  chart.setOption({
    animation: false,
    backgroundColor: "#ffffff",
    title: { text: title, left: "center" },
    legend: { bottom: 0 },
    grid: { left: 70, right: 20, top: 50, bottom: 60 },
    xAxis: { type: "category", data: [...categories] },
    yAxis: { type: logarithmic ? "log" : "value", name: unit },
    series: series.map(({ name, values }) => ({
      name,
      type: kind,
      data: values.map((value) => Number(value.toPrecision(3))),
      label: { show: kind === "bar", position: "top", fontSize: 10 },
    })),
  });
  const svg = chart.renderToSVGString();
  // Otherwise Node.js does not exit.
  chart.dispose();
  return svg;
}

/** Writes plots to a folder, one file each. */
export function writePlots(folder: string, plots: readonly Plot[]): void {
  for (const plot of plots) writeFileSync(join(folder, `${plot.name}.svg`), drawPlot(plot));
}
