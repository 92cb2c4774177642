import { writeFileSync } from "node:fs";
import { join } from "node:path";

import { COLOURS } from "../report/palette";
import { AXIS, drawChart, LEGEND } from "../report/plots/chart";
import { asPicture } from "../report/plots/figure";

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
  const chart = drawChart(
    {
      backgroundColor: COLOURS.box,
      color: [COLOURS.client, COLOURS.server, COLOURS.between, COLOURS.warning],
      title: { text: title, left: "center", textStyle: { color: COLOURS.ink } },
      legend: { ...LEGEND, top: "auto", left: "center", bottom: 0 },
      grid: { left: 70, right: 20, top: 50, bottom: 60 },
      xAxis: { ...AXIS, type: "category", data: [...categories] },
      yAxis: { ...AXIS, type: logarithmic ? "log" : "value", name: unit },
      series: series.map(({ name, values }) => ({
        name,
        type: kind,
        data: values.map((value) => Number(value.toPrecision(3))),
        label: { show: kind === "bar", position: "top", fontSize: 10, color: COLOURS.ink },
      })),
    },
    SIZE,
  );
  return asPicture(chart, SIZE);
}

/** Writes plots to a folder, one file each. */
export function writePlots(folder: string, plots: readonly Plot[]): void {
  for (const plot of plots) writeFileSync(join(folder, `${plot.name}.svg`), drawPlot(plot));
}
