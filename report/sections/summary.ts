import { failures, summary } from "../../checks/runner/report";
import { formatDuration, formatGiB } from "../../lab/process/format";
import { type Html, html } from "../html";
import type { PageData } from "../page-data";

/** The first thing to see: whether all is well, and the figures that people ask for first. */
export function renderSummary(data: PageData): Html {
  const { command, createdAt, checks } = data;
  const failed = failures(checks);
  const isGood = failed.length === 0 && checks.length > 0;
  return html`<div class="verdict ${isGood ? "good" : "bad"}">
      <p class="mark" aria-hidden="true">${isGood ? "✓" : "✗"}</p>
      <div>
        <p class="answer">
          ${isGood ? "Every check that ran has passed" : verdictOf(failed.length, checks.length)}
        </p>
        <p>
          ${summary(checks)}.
          <span class="muted">${formatTime(createdAt)}, by <code>${command}</code></span>
        </p>
        ${
          failed.length > 0
            ? html`<ul>
                ${failed.map(({ slug, title }) => html`<li><a href="#${anchorOf(slug)}">${title}</a></li>`)}
              </ul>`
            : undefined
        }
      </div>
    </div>
    <dl class="figures">
      ${figuresOf(data).map(
        ([name, value, detail]) =>
          html`<div>
            <dt>${name}</dt>
            <dd>${value} <span class="muted">${detail}</span></dd>
          </div>`,
      )}
    </dl>`;
}

function verdictOf(failed: number, all: number): string {
  if (all === 0) return "No check has run";
  return `${failed} of ${all} checks ${failed === 1 ? "has" : "have"} failed`;
}

/** Name, value and detail of each figure. */
function figuresOf({
  timings,
  stories = [],
  certificates,
}: PageData): readonly (readonly [string, string, string])[] {
  const loads = stories.flatMap(({ load }) => load);
  const sum = (values: readonly number[]) => values.reduce((total, value) => total + value, 0);
  const [next] = certificates.filter(({ kind }) => kind !== "root");
  return [
    ...(timings
      ? ([
          ["First response", formatDuration(timings.requestMs), "from the start of the lab"],
          [
            "Total",
            formatDuration(timings.totalMs),
            `at most ${formatGiB(timings.peakMemoryBytes)} of memory`,
          ],
        ] as const)
      : []),
    ...(loads.length > 0
      ? ([
          [
            "Requests during stories",
            sum(loads.map(({ requests }) => requests)).toLocaleString("en"),
            `${sum(loads.map(({ failed }) => failed)).toLocaleString("en")} failed`,
          ],
        ] as const)
      : []),
    ...(next
      ? ([
          ["Next renewal", next.renewalFrom.slice(0, 10), "by pulumi up, of a leaf or CA"],
        ] as const)
      : []),
  ];
}

/** The anchor of a check's row. */
export const anchorOf = (slug: string) => slug.replaceAll("/", "-");

const formatTime = (iso: string) => `${iso.slice(0, 10)} ${iso.slice(11, 16)} UTC`;
