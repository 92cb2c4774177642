import type { ReportedCertificate } from "../../checks/certs/certificates-report";
import { COLOURS } from "../palette";
import { drawGraph } from "./graphviz";
import { GRAPH_STYLE, nameLines, small, text } from "./labels";

/** Draws which certificate signs which, from the root on the left to the leaves on the right. */
export async function drawCertificates(
  certificates: readonly ReportedCertificate[],
  daysLeft: (certificate: ReportedCertificate) => string,
): Promise<string> {
  const nodes = certificates.map(
    (each) => `c${each.serial} [label=${label(each, daysLeft(each))}]`,
  );
  const edges = certificates.flatMap(({ serial, issuerSerial }) =>
    issuerSerial === undefined ? [] : [`c${issuerSerial} -> c${serial} [color="${COLOURS.muted}"]`],
  );
  return drawGraph(`digraph "the certificates" {
rankdir=LR
${GRAPH_STYLE}
graph [nodesep=0.2, ranksep=0.5]
${[...nodes, ...edges].join("\n")}
}`);
}

const KIND_COLOURS = {
  root: [COLOURS.warning, COLOURS.warningBox],
  intermediate: [COLOURS.between, COLOURS.betweenBox],
  leaf: [COLOURS.muted, COLOURS.box],
} as const;

function label({ kind, name, state }: ReportedCertificate, left: string): string {
  const [line, fill] = KIND_COLOURS[kind];
  const needsAction = state === "expired" || state === "overdue";
  const names = nameLines(name.replaceAll("DNS:", "").replaceAll("URI:", "").split(" "));
  return (
    `<<table border="1" color="${needsAction ? COLOURS.failure : line}" bgcolor="${fill}" style="rounded" cellborder="0" cellspacing="0" cellpadding="6">` +
    `<tr><td balign="left" align="left">${kind === "leaf" ? names.join("<br/>") : `<b>${text(name)}</b>`}<br/>` +
    `${small(`${kind}, ${text(left)}`, needsAction ? COLOURS.failure : COLOURS.muted)}</td></tr></table>>`
  );
}
