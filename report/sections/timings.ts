import { formatDuration } from "../../lab/process/format";
import { html } from "../html";
import type { PageData } from "../page-data";
import { drawBoth, figure } from "../plots/figure";
import { drawSteps } from "../plots/steps-plot";
import { foldedTable, type Section } from "./section";

/** Steps that take less than this are only in the table. */
const MIN_DRAWN_MS = 1000;

/** When each step of the lab ran. Undefined without timings. */
export function timingsSection({ timings }: PageData): Section | undefined {
  if (!timings) return undefined;
  const { spans, totalMs } = timings;
  const ordered = [...spans].sort((a, b) => a.startMs - b.startMs);
  const drawn = ordered.filter(({ ms }) => ms >= MIN_DRAWN_MS);
  const longest = [...drawn].sort((a, b) => b.ms - a.ms).slice(0, 3);
  return {
    id: "timings",
    title: "Timings",
    content: html`${figure(
      drawBoth((width) => drawSteps(drawn, totalMs, width)),
      `Steps of the lab over ${formatDuration(totalMs)}. The longest: ${longest.map(({ step, ms }) => `${step}, ${formatDuration(ms)}`).join("; ")}. The table below has all.`,
      "Steps that took a second or more. Steps whose bars overlap ran at the same time.",
    )}
    ${foldedTable(
      "Each step as a table",
      "Steps of the lab",
      [
        { heading: "Step", cell: ({ step }) => step },
        {
          heading: "Starts at",
          cell: ({ startMs }) => formatDuration(startMs),
          isNumber: true,
        },
        { heading: "Took", cell: ({ ms }) => formatDuration(ms), isNumber: true },
      ],
      ordered,
    )}`,
  };
}
