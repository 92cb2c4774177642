import type { LoadStats } from "../../lab/scenario/load-stats";
import type { StoryResult } from "../../lab/scenario/story";
import { type Html, html } from "../html";
import type { PageData } from "../page-data";
import { drawBoth, figure } from "../plots/figure";
import { drawLoad } from "../plots/load-plot";
import { type Section, table } from "./section";

/** The requests during each story. Undefined if no story was told. */
export function storiesSection({ stories = [] }: PageData): Section | undefined {
  if (stories.length === 0) return undefined;
  return {
    id: "stories",
    title: "Requests while things change",
    content: html`${stories.map(renderStory)}`,
  };
}

function renderStory({ scenario, load, series, steps }: StoryResult): Html {
  const id = `story-${scenario}`;
  const sum = (key: "requests" | "failed") => load.reduce((total, each) => total + each[key], 0);
  const names = [...new Set(load.map(({ phase }) => phase))];
  const counts = `${sum("requests").toLocaleString("en")} requests, ${sum("failed").toLocaleString("en")} failed`;
  return html`<section aria-labelledby="${id}">
    <h3 id="${id}">${scenario} <span class="muted">${counts}</span></h3>
    ${figure(
      drawBoth((width) => drawLoad({ series, steps }, width)),
      `Requests per second, and times to the response, during ${scenario}: ${counts}. The table below has each phase.`,
      "Requests per second, failures, times to the response, and the lab's steps. Numbered lines show where the phases of the table begin.",
    )}
    ${phaseTable(`Phases of ${scenario}`, names, load, series)}
  </section>`;
}

function phaseTable(
  caption: string,
  names: readonly string[],
  load: readonly LoadStats[],
  { phases }: StoryResult["series"],
): Html {
  const rows = names.map((name, index) => ({
    name,
    number: index + 1,
    began: phases.find(({ phase }) => phase === name)?.beganMs ?? 0,
    trials: load.filter(({ phase }) => phase === name),
  }));
  const hasTrials = rows.length < load.length;
  const figures = load.some((each) => Object.keys(each.figures).length > 0);
  type Row = (typeof rows)[number];
  const worst = (key: "p50Ms" | "p99Ms" | "gapMs") => (row: Row) =>
    Math.max(...row.trials.map((each) => each[key])).toLocaleString("en");
  const total = (key: "requests" | "failed") => (row: Row) =>
    row.trials.reduce((sum, each) => sum + each[key], 0).toLocaleString("en");
  return table(
    caption + (hasTrials ? ". Times are the worst of all trials" : ""),
    [
      { heading: "Phase", cell: ({ name, number }) => `${number}. ${name}` },
      {
        heading: "Begins",
        cell: ({ began }) => `${Math.round(began / 1000)} s`,
        isNumber: true,
      },
      ...(hasTrials
        ? [{ heading: "Trials", cell: ({ trials }: Row) => trials.length, isNumber: true as const }]
        : []),
      { heading: "Requests", cell: total("requests"), isNumber: true },
      { heading: "Failed", cell: total("failed"), isNumber: true },
      { heading: "p50 ms", cell: worst("p50Ms"), isNumber: true },
      { heading: "p99 ms", cell: worst("p99Ms"), isNumber: true },
      { heading: "Longest gap ms", cell: worst("gapMs"), isNumber: true },
      ...(figures ? [{ heading: "Figures", cell: ({ trials }: Row) => listFigures(trials) }] : []),
    ],
    rows,
  );
}

function listFigures(trials: readonly LoadStats[]): string {
  return trials
    .flatMap(({ figures }) => Object.entries(figures))
    .map(([name, value]) => `${name}: ${value.toLocaleString("en")}`)
    .join(", ");
}
