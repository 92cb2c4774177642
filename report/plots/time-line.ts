import type { CustomSeriesRenderItem } from "echarts";

import { COLOURS } from "../palette";
import { AXIS, drawChart, FIXED_GRID, FONT } from "./chart";

/** A row of the time line. */
export interface Life {
  readonly label: string;
  /** How far the label is indented, in steps. */
  readonly depth: number;
  /** Days from now; negative if that is over. */
  readonly renewalDays: number;
  readonly endDays: number;
  /** What is left, as text. */
  readonly left: string;
  readonly colour: string;
  readonly needsAction: boolean;
}

const ROW_HEIGHT = 46;
const BAR_HEIGHT = 12;
const AXIS_HEIGHT = 34;
const INDENT = 14;
/** Room for the text of what is left. */
const LEFT_WIDTH = 110;
/** Room for half of the last label of the axis. */
const EDGE = 24;

/** Ticks of the logarithmic axis, in days. */
const TICKS: readonly (readonly [days: number, label: string])[] = [
  [1 / 24, "1 hour"],
  [1, "1 day"],
  [30, "1 month"],
  [365, "1 year"],
  [3650, "10 years"],
];

/** Draws how long each thing lives, on an axis that is logarithmic, because some live for days and others for years. */
export function drawTimeLine(lives: readonly Life[], width: number): string {
  const ends = lives.map(({ endDays }) => Math.max(endDays, 1 / 24));
  const [min, max] = [Math.log10(Math.min(1, ...ends) / 2), Math.log10(Math.max(...ends) * 1.15)];
  const ticks = TICKS.map(([days, label]) => ({ at: Math.log10(days), label })).filter(
    ({ at }) => at >= min && at <= max,
  );
  const values = ticks.map(({ at }) => at);
  return drawChart(
    {
      grid: { ...FIXED_GRID, left: 6, right: EDGE, top: 4, bottom: AXIS_HEIGHT },
      xAxis: {
        ...AXIS,
        type: "value",
        min,
        max,
        axisTick: { ...AXIS.axisTick, show: true, customValues: values },
        axisLabel: {
          ...AXIS.axisLabel,
          customValues: values,
          hideOverlap: true,
          formatter: (value: number) => ticks.find(({ at }) => at === value)?.label ?? "",
        },
        splitLine: { show: false },
      },
      yAxis: { type: "value", min: 0, max: lives.length, inverse: true, show: false },
      series: [
        {
          type: "custom",
          renderItem: renderLife(lives, min, width),
          data: lives.map((_, index) => index),
        },
      ],
    },
    { width, height: lives.length * ROW_HEIGHT + AXIS_HEIGHT + 4 },
  );
}

function renderLife(lives: readonly Life[], min: number, width: number): CustomSeriesRenderItem {
  return ({ dataIndex }, api) => {
    const life = lives[dataIndex];
    if (!life) return null;
    const place = (days: number) =>
      Number(api.coord([Math.max(min, Math.log10(Math.max(days, 1e-6))), dataIndex])[0]);
    const [left = 0, top = 0] = api.coord([min, dataIndex]);
    const [renewal, end] = [place(life.renewalDays), place(life.endDays)];
    const y = top + ROW_HEIGHT - BAR_HEIGHT - 8;
    const bar = (from: number, to: number, style: object) => ({
      type: "rect" as const,
      shape: { x: from, y, width: Math.max(to - from, 0), height: BAR_HEIGHT, r: 2 },
      style,
    });
    const text = (x: number, value: string, style: object) => ({
      type: "text" as const,
      x,
      y: y - 17,
      style: { ...FONT, text: value, fill: COLOURS.ink, ...style },
    });
    const tone = life.needsAction ? COLOURS.failure : COLOURS.muted;
    return {
      type: "group",
      children: [
        bar(left, width - EDGE, { fill: COLOURS.shade }),
        bar(left, renewal, { fill: life.colour }),
        bar(Math.max(left, renewal), end, { fill: COLOURS.warning }),
        text(left + life.depth * INDENT, life.label, {
          width: width - EDGE - left - life.depth * INDENT - LEFT_WIDTH,
          overflow: "truncate",
        }),
        text(width - EDGE, life.left, { fill: tone, align: "right" }),
      ],
    };
  };
}
