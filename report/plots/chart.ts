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

/** An axis in the page's colours. */
export const AXIS = {
  axisLine: { onZero: false, lineStyle: { color: COLOURS.muted } },
  axisTick: { lineStyle: { color: COLOURS.muted } },
  axisLabel: { ...FONT, color: COLOURS.muted },
  splitLine: { lineStyle: { color: COLOURS.line } },
  nameTextStyle: { ...FONT, color: COLOURS.muted },
} as const;

/** A legend in the page's colours. */
export const LEGEND = {
  top: 0,
  left: 0,
  icon: "rect",
  itemWidth: 14,
  itemHeight: 8,
  backgroundColor: "none",
  borderColor: COLOURS.line,
  textStyle: { ...FONT, color: COLOURS.muted },
} as const;

/** Keeps panels below each other aligned: labels do not move a grid's edges. */
export const FIXED_GRID = { outerBoundsMode: "none" } as const;

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
      .replace(/^<svg width="\d+" height="\d+" /, "<svg ");
  } finally {
    // Without this, its timers keep the process alive.
    chart.dispose();
  }
}
