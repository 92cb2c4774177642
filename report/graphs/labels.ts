import { escapeHtml } from "../html";
import { COLOURS } from "../palette";

/** A line of a label in Graphviz's HTML. */
export const text = (value: string): string => escapeHtml(value).replaceAll("&#39;", "&apos;");

/** A smaller line of a label. */
export const small = (value: string, colour: string = COLOURS.muted): string =>
  `<font point-size="11" color="${colour}">${value}</font>`;

/** Most names of a certificate that a label shows. */
const MAX_NAMES = 3;

/** Names of a certificate, one in each line. Identities are long, so they take two. */
export function nameLines(names: readonly string[]): string[] {
  const shown = names.slice(0, MAX_NAMES);
  return [
    ...shown.map((name) => text(name).replace("/ns/", "<br/>/ns/")),
    ...(names.length > MAX_NAMES ? [`and ${names.length - MAX_NAMES} more names`] : []),
  ];
}

/** A wide font: Graphviz makes boxes for it, so that texts fit in whatever font the reader's machine has instead. */
const MEASURED_FONT = "Verdana";

/** Attributes that all graphs share. */
export const GRAPH_STYLE = [
  `graph [pad=0.1, bgcolor="transparent", fontname="${MEASURED_FONT}", fontsize=13, fontcolor="${COLOURS.ink}"]`,
  `node [shape=plain, fontname="${MEASURED_FONT}", fontsize=13, fontcolor="${COLOURS.ink}"]`,
  `edge [fontname="${MEASURED_FONT}", fontsize=12, fontcolor="${COLOURS.ink}", arrowsize=0.8]`,
].join("\n");

/** A box of a mesh: a heading, and rows below it. */
export function box(mesh: "client" | "server", heading: string, rows: readonly string[]): string {
  const [colour, line] =
    mesh === "client" ? [COLOURS.client, COLOURS.clientLine] : [COLOURS.server, COLOURS.serverLine];
  const below = rows.map(
    (row) =>
      `<tr><td sides="T" border="1" color="${line}" align="left" balign="left">${small(row)}</td></tr>`,
  );
  return (
    `<<table border="1" color="${colour}" bgcolor="${COLOURS.box}" style="rounded" cellborder="0" cellspacing="0" cellpadding="6">` +
    `<tr><td>${heading}</td></tr>${below.join("")}</table>>`
  );
}

/** Opens the part of a graph that stands for a mesh. */
export function openMesh(mesh: "client" | "server"): string {
  const [fill, line] =
    mesh === "client"
      ? [COLOURS.clientBox, COLOURS.clientLine]
      : [COLOURS.serverBox, COLOURS.serverLine];
  return (
    `subgraph cluster_${mesh} { label=<<b>${mesh} mesh</b>>; margin=10; style="rounded,filled"; ` +
    `fillcolor="${fill}"; color="${line}"`
  );
}
