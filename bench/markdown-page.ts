import { describeMachine } from "./machine";
import type { Report } from "./result";
import { renderMarkdown } from "./table";

/** The tables of a report, its plots if the page can show those in a folder, and what the machine did meanwhile. */
export function renderSection(
  { subject, date, machine, tables, plots }: Report,
  plotsFolder?: string,
): string {
  return [
    `<!-- npm run bench -- ${subject} -->`,
    "",
    ...tables.map(renderMarkdown),
    ...(plotsFolder === undefined
      ? []
      : plots.flatMap(({ name, title }) => [`![${title}](${plotsFolder}/${name}.svg)`, ""])),
    `Measured on ${date.slice(0, 10)}: ${describeMachine(machine)}`,
    "",
    `<!-- end of ${subject} -->`,
  ].join("\n");
}

/**
 * Replaces the section of the report's subject in a page. A page without such a section becomes the section. `plotsFolder` is the
 * way from the page to the folder with the plots.
 */
export function updatePage(page: string, report: Report, plotsFolder?: string): string {
  const { subject } = report;
  const start = page.indexOf(`<!-- npm run bench -- ${subject} -->`);
  const endMark = `<!-- end of ${subject} -->`;
  const end = page.indexOf(endMark, start);
  const section = renderSection(report, plotsFolder);
  if (start < 0 || end < 0) return `${section}\n`;
  return `${page.slice(0, start)}${section}${page.slice(end + endMark.length)}`;
}
