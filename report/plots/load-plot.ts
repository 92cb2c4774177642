import type { CustomSeriesRenderItem } from "echarts";

import type { Timing } from "../../lab/process/steps";
import type { LoadSeries } from "../../lab/scenario/load-series";
import { COLOURS } from "../palette";
import { bucketsOf } from "./buckets";
import { AXIS, drawChart, FIXED_GRID, FONT, LEGEND } from "./chart";
import { assignLanes } from "./lanes";

const PIXELS_PER_POINT = 4;
const LANE_HEIGHT = 16;
const PANEL_HEIGHT = 110;
const LEGEND_HEIGHT = 18;
const TITLE_HEIGHT = 34;
const AXIS_HEIGHT = 28;
const LEFT = 54;
const RIGHT = 22;
/** Steps below this are marks without a width. */
const MIN_STEP_MS = 500;

/** A load of a story: what {@link drawLoad} draws. */
export interface Load {
  readonly series: LoadSeries;
  readonly steps: readonly Timing[];
}

/**
 * Draws requests and failures, times to the response, and the steps of a story, over the same time. Numbered lines show
 * where phases begin.
 */
export function drawLoad({ series, steps }: Load, width: number): string {
  const seconds = Math.max(1, series.requests.length);
  const buckets = bucketsOf(series, Math.ceil(seconds / (width / PIXELS_PER_POINT)));
  const lanes = assignLanes(steps.filter(({ ms }) => ms >= MIN_STEP_MS));
  const laneCount = Math.max(0, ...lanes.map(({ lane }) => lane + 1));
  const tops = {
    rate: LEGEND_HEIGHT + TITLE_HEIGHT,
    time: LEGEND_HEIGHT + 2 * TITLE_HEIGHT + PANEL_HEIGHT + AXIS_HEIGHT,
    steps: LEGEND_HEIGHT + 2 * (TITLE_HEIGHT + PANEL_HEIGHT + AXIS_HEIGHT),
  };
  const height = tops.steps + laneCount * LANE_HEIGHT + 4;
  const grid = (top: number, panelHeight: number) => ({
    ...FIXED_GRID,
    left: LEFT,
    right: RIGHT,
    top,
    height: panelHeight,
  });
  const xAxis = (gridIndex: number, show: boolean) => ({
    ...AXIS,
    gridIndex,
    type: "value",
    min: 0,
    max: seconds,
    splitLine: { show: false },
    axisTick: { ...AXIS.axisTick, show },
    axisLabel: { ...AXIS.axisLabel, show, showMaxLabel: false, formatter: formatSecond },
    splitNumber: width > 500 ? 10 : 4,
  });
  const yAxis = (gridIndex: number, name: string, more: object = {}) => ({
    ...AXIS,
    gridIndex,
    name,
    nameTextStyle: { ...AXIS.nameTextStyle, align: "left", padding: [0, 0, 0, -LEFT + 8] },
    nameGap: 18,
    type: "value",
    splitNumber: 3,
    axisLine: { show: false },
    axisTick: { show: false },
    ...more,
  });
  const line = (panel: number, name: string, colour: string, values: readonly Point[]) => ({
    type: "line",
    name,
    xAxisIndex: panel,
    yAxisIndex: panel,
    data: values,
    showSymbol: false,
    connectNulls: false,
    itemStyle: { color: colour },
    lineStyle: { color: colour, width: 1.5 },
  });
  const failures = buckets.filter(({ failed }) => failed > 0);
  return drawChart(
    {
      grid: [grid(tops.rate, PANEL_HEIGHT), grid(tops.time, PANEL_HEIGHT), grid(tops.steps, 1)],
      xAxis: [xAxis(0, true), xAxis(1, true), { ...xAxis(2, false), show: false }],
      yAxis: [
        yAxis(0, "Requests per second", { min: 0 }),
        yAxis(1, "Milliseconds to the response", { type: "log", min: 1 }),
        yAxis(2, "", { show: false, min: 0, max: 1 }),
      ],
      series: [
        {
          ...line(
            0,
            "requests",
            COLOURS.client,
            buckets.map(({ at, rate }) => [at, rate]),
          ),
          areaStyle: { color: COLOURS.clientBox, opacity: 1 },
          step: "end",
          markLine: phaseLines(series, seconds),
        },
        {
          // Bars would make room for themselves at both ends of the axis, which then differs from the one below.
          type: "custom",
          name: "failed",
          // Above the area of the requests.
          z: 10,
          xAxisIndex: 0,
          yAxisIndex: 0,
          data: failures.map(({ at, failedRate }) => [at, failedRate]),
          itemStyle: { color: COLOURS.failure },
          renderItem: renderFailure,
        },
        line(
          1,
          "largest",
          COLOURS.between,
          buckets.map(({ at, maxMs }) => [at, atLeastOne(maxMs)]),
        ),
        {
          ...line(
            1,
            "median",
            COLOURS.server,
            buckets.map(({ at, p50Ms }) => [at, atLeastOne(p50Ms)]),
          ),
          markLine: phaseLines(series, seconds, false),
        },
        {
          type: "custom",
          xAxisIndex: 2,
          yAxisIndex: 2,
          clip: false,
          data: lanes.map((_, index) => index),
          renderItem: renderStep(lanes, width),
        },
      ],
      legend: { ...LEGEND, data: ["requests", "failed", "median", "largest"] },
    },
    { width, height },
  );
}

type Point = readonly [at: number, value: number | null];

/** A logarithmic axis has no zero. */
const atLeastOne = (ms: number | null) => (ms === null ? null : Math.max(1, ms));

function formatSecond(second: number): string {
  const minutes = Math.floor(second / 60);
  return minutes === 0
    ? `${second} s`
    : `${minutes}:${String(Math.round(second % 60)).padStart(2, "0")}`;
}

/** Lines where phases begin, with their numbers. Trials repeat a phase, and only the first of each is numbered. */
function phaseLines({ phases }: LoadSeries, seconds: number, numbered = true) {
  const names = [...new Set(phases.map(({ phase }) => phase))];
  const isFirst = (index: number) =>
    phases.findIndex(({ phase }) => phase === phases[index]?.phase) === index;
  return {
    symbol: "none",
    silent: true,
    lineStyle: { color: COLOURS.muted, type: "dashed", width: 1 },
    label: { ...FONT, color: COLOURS.ink, position: "end", distance: 2 },
    data: phases
      .map(({ phase, beganMs }, index) => ({
        xAxis: Math.min(beganMs / 1000, seconds),
        label: {
          show: numbered && isFirst(index),
          formatter: String(names.indexOf(phase) + 1),
        },
      }))
      .filter((_, index) => isFirst(index) || phases.length < 40),
  };
}

const renderFailure: CustomSeriesRenderItem = (_, api) => {
  const [x = 0, y = 0] = api.coord([api.value(0), api.value(1)]);
  const [, bottom = 0] = api.coord([api.value(0), 0]);
  return {
    type: "rect",
    shape: { x: x - 1, y, width: 3, height: bottom - y },
    style: { fill: COLOURS.failure },
  };
};

function renderStep(
  lanes: readonly (Timing & { readonly lane: number })[],
  width: number,
): CustomSeriesRenderItem {
  return ({ dataIndex }, api) => {
    const step = lanes[dataIndex];
    if (!step) return null;
    const place = (ms: number) => Number(api.coord([ms / 1000, 1])[0]);
    const [x, end] = [place(Math.max(0, step.startMs)), place(step.startMs + step.ms)];
    const y = Number(api.coord([0, 1])[1]) + step.lane * LANE_HEIGHT;
    const room = Math.min(end, width - RIGHT) - x;
    return {
      type: "group",
      children: [
        {
          type: "rect",
          shape: { x, y, width: Math.max(1, room), height: LANE_HEIGHT - 3, r: 2 },
          style: { fill: COLOURS.clientBox, stroke: COLOURS.clientLine },
        },
        {
          type: "text",
          x: x + 4,
          y: y + 1,
          silent: true,
          style: {
            ...FONT,
            fontSize: 10,
            text: room > 30 ? step.step : "",
            fill: COLOURS.ink,
            width: room - 6,
            overflow: "truncate",
          },
        },
      ],
    };
  };
}
