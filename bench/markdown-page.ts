import { describeMachine } from "./machine";
import type { Report } from "./result";
import { renderMarkdown } from "./table";

/** The tables of a report, and what the machine did meanwhile. */
export function renderSection({ subject, date, machine, tables }: Report): string {
  return [
    `<!-- npm run bench -- ${subject} -->`,
    "",
    ...tables.map(renderMarkdown),
    `Measured on ${date.slice(0, 10)}: ${describeMachine(machine)}`,
    "",
    `<!-- end of ${subject} -->`,
  ].join("\n");
}

/** Replaces the section of the report's subject in a page. A page without such a section becomes the section. */
export function updatePage(page: string, report: Report): string {
  const { subject } = report;
  const start = page.indexOf(`<!-- npm run bench -- ${subject} -->`);
  const endMark = `<!-- end of ${subject} -->`;
  const end = page.indexOf(endMark, start);
  const section = renderSection(report);
  if (start < 0 || end < 0) return `${section}\n`;
  return `${page.slice(0, start)}${section}${page.slice(end + endMark.length)}`;
}
