import { type Area, AREAS, type Check, type Result } from "../../checks/check";
import { requirements } from "../../checks/requirements";
import { failures, summary } from "../../checks/runner/report";
import { checks as allChecks } from "../../checks/suites";
import { formatDuration } from "../../lab/process/format";
import { type Html, html } from "../html";
import type { PageData } from "../page-data";
import type { Section } from "./section";
import { anchorOf } from "./summary";

/** The checks, grouped by what they defend: by area, and in an area by requirement. */
export function checksSection({ checks }: PageData): Section {
  const areas = (Object.keys(AREAS) as Area[]).map((area) => ({
    area,
    results: checks.filter(({ slug }) => slug.startsWith(`${area}/`)),
  }));
  return {
    id: "checks",
    title: "Checks",
    content: html`<p>
        What must pass, and what must be refused: what was seen, with the manner of each refusal.
      </p>
      ${areas.filter(({ results }) => results.length > 0).map(({ area, results }) => renderArea(area, results))}`,
  };
}

function renderArea(area: Area, results: readonly Result[]): Html {
  const id = `checks-${area}`;
  return html`<section aria-labelledby="${id}">
    <h3 id="${id}">${AREAS[area]} <span class="muted">${countOf(results)}</span></h3>
    ${groupByRequirement(results).map(
      ([text, group]) =>
        html`<div class="group">
          <h4>${plain(text)}</h4>
          <ul class="checks">
            ${group.map(renderResult)}
          </ul>
        </div>`,
    )}
  </section>`;
}

function countOf(results: readonly Result[]): string {
  const isAllPassed = results.every(({ pass }) => pass);
  return isAllPassed ? `${results.length} passed` : summary(results).replace(/^.*: /, "");
}

/** The text of each requirement, with the results of the checks that prove it. */
function groupByRequirement(
  results: readonly Result[],
): readonly (readonly [text: string, results: readonly Result[]])[] {
  const groups = new Map<string, Result[]>();
  for (const result of results) {
    const requirement = findCheck(result.slug)?.requirement;
    const text = requirement === undefined ? "" : requirements[requirement].text;
    groups.set(text, [...(groups.get(text) ?? []), result]);
  }
  return [...groups];
}

const findCheck = (slug: string): Check | undefined => allChecks.find((each) => each.slug === slug);

function renderResult(result: Result): Html {
  const { slug, title, observed, expected, ms } = result;
  const [mark, state] = stateOf(result);
  const failed = failures([result]).length > 0;
  const check = findCheck(slug);
  return html`<li id="${anchorOf(slug)}" class="check ${state}">
    <span class="mark" role="img" aria-label="${state}">${mark}</span>
    <div>
      <p><span class="title">${title}</span> <span class="seen">${observed}</span></p>
      ${observed === plain(expected) || result.skipped ? undefined : html`<p class="muted">Expected: ${plain(expected)}</p>`}
      ${failed && check ? html`<p>${check.why} Without it: ${check.threat}</p>` : undefined}
    </div>
    <p class="muted time"><code>${slug}</code> ${ms < 1000 ? `${ms} ms` : formatDuration(ms)}</p>
  </li>`;
}

function stateOf({ pass, skipped }: Result): readonly [mark: string, state: string] {
  if (skipped) return ["–", "skipped"];
  return pass ? ["✓", "passed"] : ["✗", "failed"];
}

/** Text of the documentation without the marks of Markdown. */
const plain = (text: string) => text.replaceAll("`", "").replaceAll(/\[([^\]]*)\]\([^)]*\)/g, "$1");
