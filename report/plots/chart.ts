import * as echarts from "echarts";

import { COLOURS } from "../palette";

export interface Size {
  readonly width: number;
  readonly height: number;
}

/** Widths of drawings, in pixels: for a page on a desk, and for a phone held upright. */
export const WIDTHS = { wide: 860, narrow: 336 } as const;

/** Font of all texts in plots. */
export const FONT = { fontFamily: "Helvetica,Arial,sans-serif", fontSize: 12 } as const;

/** An axis, label or legend in the page's colours. */
export const AXIS = {
  axisLine: { lineStyle: { color: COLOURS.muted } },
  axisTick: { lineStyle: { color: COLOURS.muted } },
  axisLabel: { ...FONT, color: COLOURS.muted },
  splitLine: { lineStyle: { color: COLOURS.line } },
  nameTextStyle: { ...FONT, color: COLOURS.muted },
} as const;

/**
 * Draws a chart as SVG. Takes colours from {@link COLOURS} only, so that the rules of the palette can replace them for
 * readers who prefer dark.
 */
export function drawChart(option: echarts.EChartsCoreOption, { width, height }: Size): string {
  const chart = echarts.init(null, null, { renderer: "svg", ssr: true, width, height });
  try {
    chart.setOption({
      animation: false,
      backgroundColor: "transparent",
      textStyle: { ...FONT, color: COLOURS.ink },
      ...option,
    });
    // Without the rules for a mouse pointer over a part, which a plot without a script cannot follow.
    return chart
      .renderToSVGString()
      .replace(/<style ?>[\s\S]*?<\/style>/, "")
      .replace(/ ecmeta_\w+="[^"]*"/g, "")
      .replace(/ class="zr\d+-cls-\d+"/g, "")
      .replace(/ (?:width|height)="\d+" (?=xmlns)/g, " ");
  } finally {
    // Without this, its timers keep the process alive.
    chart.dispose();
  }
}
