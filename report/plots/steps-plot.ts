import type { CustomSeriesRenderItem } from "echarts";

import { formatDuration } from "../../lab/process/format";
import type { Timing } from "../../lab/process/steps";
import { COLOURS } from "../palette";
import { AXIS, drawChart, FIXED_GRID, FONT } from "./chart";

const ROW_HEIGHT = 30;
const BAR_HEIGHT = 8;
const AXIS_HEIGHT = 30;

/** Draws when steps ran, one row each, with its name above its bar. */
export function drawSteps(steps: readonly Timing[], totalMs: number, width: number): string {
  return drawChart(
    {
      grid: { ...FIXED_GRID, left: 14, right: 24, top: 4, bottom: AXIS_HEIGHT },
      xAxis: {
        ...AXIS,
        type: "value",
        min: 0,
        max: totalMs / 1000,
        splitNumber: width > 500 ? 10 : 4,
        axisLabel: {
          ...AXIS.axisLabel,
          formatter: (at: number) => `${Math.round(at)} s`,
          hideOverlap: true,
        },
      },
      yAxis: { type: "value", min: 0, max: steps.length, inverse: true, show: false },
      series: [
        {
          type: "custom",
          clip: false,
          data: steps.map((_, index) => index),
          renderItem: renderStep(steps, width),
        },
      ],
    },
    { width, height: steps.length * ROW_HEIGHT + AXIS_HEIGHT + 4 },
  );
}

function renderStep(steps: readonly Timing[], width: number): CustomSeriesRenderItem {
  return ({ dataIndex }, api) => {
    const step = steps[dataIndex];
    if (!step) return null;
    const [x = 0, top = 0] = api.coord([step.startMs / 1000, dataIndex]);
    const [end = 0] = api.coord([(step.startMs + step.ms) / 1000, dataIndex]);
    // Names of late steps end at the right edge, so that they stay in the plot.
    const isLate = x > width / 2;
    return {
      type: "group",
      children: [
        {
          type: "rect",
          shape: { x, y: top + 18, width: Math.max(2, end - x), height: BAR_HEIGHT, r: 2 },
          style: { fill: COLOURS.client },
        },
        {
          type: "text",
          x: isLate ? Math.max(end, x + 2) : x,
          y: top + 3,
          style: {
            ...FONT,
            text: `${step.step}, ${formatDuration(step.ms)}`,
            fill: COLOURS.ink,
            align: isLate ? "right" : "left",
          },
        },
      ],
    };
  };
}
