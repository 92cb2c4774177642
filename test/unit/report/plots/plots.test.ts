import { describe, expect, test } from "vitest";

import { bucketsOf } from "../../../../report/plots/buckets";
import { drawChart } from "../../../../report/plots/chart";
import { asPicture } from "../../../../report/plots/figure";
import { assignLanes } from "../../../../report/plots/lanes";
import { drawTimeLine } from "../../../../report/plots/time-line";
import { COLOURS } from "../../../../report/palette";

test("seconds are joined, with the mean rate and the worst times", () => {
  const series = {
    requests: [20, 10, 6],
    failed: [0, 2, 3],
    p50Ms: [5, 7, null],
    maxMs: [40, null, null],
    phases: [],
  };
  expect(bucketsOf(series, 2)).toEqual([
    { at: 0, rate: 15, failed: 2, failedRate: 1, p50Ms: 7, maxMs: 40 },
    { at: 2, rate: 6, failed: 3, failedRate: 3, p50Ms: null, maxMs: null },
  ]);
});

test("steps that run at the same time get different lanes, and lanes are used again", () => {
  const steps = [
    { step: "c", startMs: 20, ms: 5 },
    { step: "a", startMs: 0, ms: 20 },
    { step: "b", startMs: 5, ms: 30 },
  ];
  expect(assignLanes(steps).map(({ step, lane }) => [step, lane])).toEqual([
    ["a", 0],
    ["b", 1],
    ["c", 0],
  ]);
});

describe("a chart", () => {
  const chart = () =>
    drawChart(
      {
        xAxis: { type: "category", data: ["a"] },
        yAxis: { type: "value" },
        series: [{ type: "bar", data: [1], itemStyle: { color: COLOURS.client } }],
      },
      { width: 300, height: 200 },
    );

  test("is SVG that scales, without rules for a mouse", () => {
    expect(chart()).toMatch(/^<svg [^>]*viewBox="0 0 300 200"/);
    expect(chart()).not.toMatch(/<style|:hover|class=|<svg [^>]*width=/);
  });

  test("as a picture has its size, and dark colours", () => {
    expect(asPicture(chart(), { width: 300, height: 200 })).toMatch(
      /^<svg role="img" width="300" height="200" [^>]*>\n<style>@media \(prefers-color-scheme:dark\)/,
    );
  });
});

test("in a time line, a longer life has a longer bar, and the end is marked", () => {
  const life = (endDays: number) => ({
    label: `${endDays}`,
    depth: 0,
    renewalDays: endDays * 0.7,
    endDays,
    left: `${endDays} days left`,
    colour: COLOURS.client,
    needsAction: false,
  });
  const svg = drawTimeLine([life(3650), life(90)], 400);
  const bars = [...svg.matchAll(/<path d="M([\d.]+) [\d.]+l?[^"]*" fill="#0969da"/g)];
  expect(bars).toHaveLength(2);
  expect(svg.match(/fill="#9a6700"/g)).toHaveLength(2);
  expect(svg).toMatch(/>1 month<\/text>[\s\S]*>10 years<\/text>/);
});
