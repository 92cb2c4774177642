import { expect, test } from "vitest";

import { drawPlot } from "../../../bench/plots";

test("a plot has its title, categories, series and values", () => {
  const svg = drawPlot({
    name: "path",
    title: "Requests per second",
    kind: "bar",
    unit: "requests/s",
    categories: ["8 connections", "32 connections"],
    series: [
      { name: "deployed", values: [700.4, 800] },
      { name: "direct", values: [5000, 6000] },
    ],
  });
  for (const text of ["Requests per second", "8 connections", "deployed", "direct", "700"]) {
    expect(svg).toContain(`>${text}<`);
  }
  expect(svg).toMatch(/^<svg /);
});
