import { describe, expect, test } from "vitest";

import { buildDarkRules, COLOURS, DARK_COLOURS } from "../../../report/palette";

/** Relative luminance as WCAG 2 defines it. */
function luminance(colour: string): number {
  const [red = 0, green = 0, blue = 0] = [1, 3, 5].map((start) => {
    const value = Number.parseInt(colour.slice(start, start + 2), 16) / 255;
    return value <= 0.04045 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4;
  });
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
}

function contrast(one: string, other: string): number {
  const [dark = 0, light = 0] = [luminance(one), luminance(other)].sort((a, b) => a - b);
  return (light + 0.05) / (dark + 0.05);
}

const { page, box, shade, clientBox, serverBox, betweenBox, warningBox, failureBox } = COLOURS;
const backgrounds = [page, box, shade, clientBox, serverBox, betweenBox, warningBox, failureBox];
const texts = [COLOURS.ink, COLOURS.muted];
const coloured = [
  [COLOURS.client, page],
  [COLOURS.server, page],
  [COLOURS.server, serverBox],
  [COLOURS.failure, page],
  [COLOURS.failure, failureBox],
] as const;
const pairs = [
  ...texts.flatMap((text) => backgrounds.map((each) => [text, each] as const)),
  ...coloured,
];

describe.each(["light", "dark"] as const)("the %s colours", (scheme) => {
  const of = (colour: string) => (scheme === "light" ? colour : (DARK_COLOURS[colour] ?? ""));

  test.each(pairs)("show text of colour %s on %s with the contrast of WCAG AA", (text, paper) => {
    expect(contrast(of(text), of(paper))).toBeGreaterThanOrEqual(4.5);
  });

  test.each([COLOURS.client, COLOURS.server, COLOURS.between, COLOURS.warning, COLOURS.failure])(
    "show lines of colour %s with the contrast of WCAG AA",
    (line) => {
      expect(contrast(of(line), of(page))).toBeGreaterThanOrEqual(3);
    },
  );
});

test("each colour has one for readers who prefer dark, and rules that set it", () => {
  for (const colour of Object.values(COLOURS)) {
    expect(buildDarkRules()).toContain(`[fill="${colour}"]{fill:${DARK_COLOURS[colour]}}`);
    expect(buildDarkRules()).toContain(`[stroke="${colour}"]{stroke:${DARK_COLOURS[colour]}}`);
  }
});
