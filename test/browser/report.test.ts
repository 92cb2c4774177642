import { writeFileSync } from "node:fs";
import { join } from "node:path";

import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";

import { findCommand } from "../../lab/prepare/find-command";
import { renderPage } from "../../report/page";
import { Browser, BROWSERS } from "../../scripts/browser";
import { labData, verifyData } from "../support/page-data";
import { useTempFolder } from "../support/temp-folder";

const WIDTHS = { phone: 390, "small phone": 320, desk: 1280 };
const SCHEMES = ["light", "dark"] as const;

const folder = useTempFolder();
let browser: Browser;
let pages: Record<"lab" | "verify", string>;

beforeAll(async () => {
  const command = findCommand(BROWSERS);
  if (command === undefined) {
    throw new Error(
      `These tests need a browser: install one of ${BROWSERS.join(", ")}, or run npm test as root`,
    );
  }
  browser = await Browser.start(command);
  pages = { lab: await renderPage(labData), verify: await renderPage(verifyData) };
});
afterAll(() => browser[Symbol.asyncDispose]());

let files: Record<"lab" | "verify", string>;
beforeEach(() => {
  files = { lab: join(folder(), "lab.html"), verify: join(folder(), "verify.html") };
  for (const name of ["lab", "verify"] as const) writeFileSync(files[name], pages[name]);
});

const openAll = "for (const each of document.querySelectorAll('details')) each.open = true;";

describe.each(Object.entries(WIDTHS))("on a %s", (_, width) => {
  test.each(["lab", "verify"] as const)(
    "the page of %s has nothing that overflows",
    async (name) => {
      await browser.open(files[name], { width, scheme: "light" });
      const overflowing = await browser.evaluate<string[]>(`${openAll}
      [document.documentElement, ...document.querySelectorAll("body *")]
        .filter((each) => !each.closest("thead, .skip, svg *"))
        .filter((each) => each.getBoundingClientRect().right > ${width} + 1)
        .map((each) => each.outerHTML.slice(0, 120))`);
      expect(overflowing).toEqual([]);
      expect(await browser.evaluate("document.documentElement.scrollWidth")).toBeLessThanOrEqual(
        width,
      );
    },
  );

  test("the texts of drawings are large enough to read, and stay inside", async () => {
    await browser.open(files.lab, { width, scheme: "light" });
    const { smallest, outside } = await browser.evaluate<{ smallest: number; outside: string[] }>(`
      (() => {
        const texts = [...document.querySelectorAll("svg text")].filter((each) => each.getClientRects().length > 0 && each.textContent !== "");
        const sizeOf = (each) => each.getBoundingClientRect().height;
        return {
          smallest: Math.min(...texts.map(sizeOf)),
          outside: texts.filter((each) => {
            const svg = each.closest("svg").getBoundingClientRect();
            const { left, right, top, bottom } = each.getBoundingClientRect();
            return left < svg.left - 1 || right > svg.right + 1 || top < svg.top - 1 || bottom > svg.bottom + 1;
          }).map((each) => each.textContent),
        };
      })()`);
    expect(smallest).toBeGreaterThanOrEqual(9);
    expect(outside).toEqual([]);
  });
});

describe.each(SCHEMES)("in the %s scheme", (scheme) => {
  test.each(Object.entries(WIDTHS))("a screenshot on a %s is not blank", async (_, width) => {
    await browser.open(files.lab, { width, scheme });
    const { colours, brightness } = await measure(await browser.screenshot());
    expect(colours).toBeGreaterThan(20);
    if (scheme === "light") expect(brightness).toBeGreaterThan(200);
    else expect(brightness).toBeLessThan(60);
  });

  test("each text has the contrast of WCAG AA with its background", async () => {
    await browser.open(files.verify, { width: 1280, scheme });
    const weak = await browser.evaluate<string[]>(`${openAll}
      (() => {
        const parse = (colour) => (colour.match(/[\\d.]+/g) ?? []).map(Number);
        const luminance = (colour) => parse(colour).slice(0, 3)
          .map((value) => value / 255)
          .map((value) => (value <= 0.04045 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4))
          .reduce((sum, value, index) => sum + value * [0.2126, 0.7152, 0.0722][index], 0);
        const backgroundOf = (each) => {
          for (let at = each; at; at = at.parentElement) {
            const colour = getComputedStyle(at).backgroundColor;
            if (parse(colour)[3] !== 0) return colour;
          }
          return "rgb(255, 255, 255)";
        };
        return [...document.querySelectorAll("body *:not(svg *)")]
          .filter((each) => [...each.childNodes].some((node) => node.nodeType === 3 && node.textContent.trim() !== ""))
          .filter((each) => {
            const [dark, light] = [getComputedStyle(each).color, backgroundOf(each)].map(luminance).sort((a, b) => a - b);
            return (light + 0.05) / (dark + 0.05) < 4.5;
          })
          .map((each) => each.outerHTML.slice(0, 120));
      })()`);
    expect(weak).toEqual([]);
  });
});

/** The number of colours in a picture, and its mean brightness (0 to 255). Changes the browser's page. */
async function measure(png: Buffer): Promise<{ colours: number; brightness: number }> {
  return browser.evaluate(`(async () => {
    const bytes = Uint8Array.from(atob("${png.toString("base64")}"), (each) => each.charCodeAt(0));
    const bitmap = await createImageBitmap(new Blob([bytes], { type: "image/png" }));
    const context = new OffscreenCanvas(bitmap.width, bitmap.height).getContext("2d");
    context.drawImage(bitmap, 0, 0);
    const { data } = context.getImageData(0, 0, bitmap.width, bitmap.height);
    const colours = new Set();
    let sum = 0;
    for (let at = 0; at < data.length; at += 4) {
      colours.add((data[at] << 16) | (data[at + 1] << 8) | data[at + 2]);
      sum += (data[at] + data[at + 1] + data[at + 2]) / 3;
    }
    return { colours: colours.size, brightness: sum / (data.length / 4) };
  })()`);
}

test("a screen reader gets landmarks, headings, tables with names, and drawings with names", async () => {
  await browser.open(files.lab, { width: 390, scheme: "light" });
  await browser.evaluate(openAll);
  const nodes = await browser.accessibilityTree();
  const named = (role: string) =>
    nodes.filter((node) => node.role?.value === role).map(({ name }) => name?.value ?? "");
  expect(named("main")).toHaveLength(1);
  expect(named("banner")).toHaveLength(1);
  expect(named("navigation")).toEqual(["Sections"]);
  expect(named("heading")).toEqual(
    expect.arrayContaining(["Mesh to mesh, by mutual TLS", "The path of a request", "Checks"]),
  );
  expect(named("region")).toEqual(expect.arrayContaining(["Certificates", "Timings", "Versions"]));
  const tables = named("table");
  expect(tables).toEqual(expect.arrayContaining(["Connections of the path", "Programs that ran"]));
  expect(tables).not.toContain("");
  const images = named("image");
  expect(images.filter((name) => name.length > 40).length).toBeGreaterThanOrEqual(4);
  expect(images).not.toContain("");
  // A table on a phone keeps its cells.
  expect(named("rowheader").length).toBeGreaterThan(10);
  expect(named("cell").length + named("gridcell").length).toBeGreaterThan(20);
});

test("the keyboard reaches everything, first the link over the navigation, and shows where it is", async () => {
  await browser.open(files.lab, { width: 1280, scheme: "light" });
  const reached: string[] = [];
  const outlines = new Set<string>();
  for (let step = 0; step < 30; step++) {
    await browser.tab();
    const [text, outline] = await browser.evaluate<[string, string]>(
      `(({ activeElement: at }) => [at === document.body ? "" : at.textContent.trim().slice(0, 40), getComputedStyle(at).outlineStyle])(document)`,
    );
    // After the last element, the focus leaves the page.
    if (text === "") break;
    reached.push(text);
    outlines.add(outline);
  }
  expect(reached[0]).toBe("Skip to the content");
  expect(reached).toEqual(
    expect.arrayContaining(["Checks", "Each connection as a table", "Each step as a table"]),
  );
  expect([...outlines]).toEqual(["solid"]);
});

test("the page works without a script, and requests nothing", async () => {
  await browser.open(files.lab, { width: 1280, scheme: "light" });
  expect(await browser.evaluate("document.scripts.length")).toBe(0);
  expect(await browser.evaluate("performance.getEntriesByType('resource').length")).toBe(0);
});
