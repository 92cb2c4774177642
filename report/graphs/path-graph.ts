import type { Hop, RequestPath, Stop } from "../../checks/runner/request-path";
import { COLOURS } from "../palette";
import { drawGraph } from "./graphviz";
import { box, GRAPH_STYLE, nameLines, openMesh, small, text } from "./labels";

/** How to lay out the path: down through one mesh and up through the other, or down all the way. */
export type PathLayout = "two columns" | "one column";

/** Draws the stops of a request, with the names that each presents, and the connections between them. */
export async function drawPath({ stops, hops }: RequestPath, layout: PathLayout): Promise<string> {
  const nodes = (mesh: Stop["mesh"]) =>
    stops.flatMap((stop, index) =>
      stop.mesh === mesh ? [`s${index} [group=${mesh}, label=${label(stop, hops, index)}]`] : [],
    );
  const border = stops.findIndex(({ mesh }) => mesh === "server") - 1;
  const isUpward = (index: number) => layout === "two columns" && index > border;
  const edges = hops.map((hop, index) =>
    edge(hop, index, stops[index]?.mesh ?? "client", index === border, isUpward(index)),
  );
  // The two columns stand beside each other, the first stop beside the last one.
  const ranks =
    layout === "two columns" && stops.length === 2 * (border + 1)
      ? stops
          .slice(0, border + 1)
          .map((_, index) => `{rank=same; s${index}; s${stops.length - 1 - index}}`)
      : [];
  return drawGraph(`digraph "the path of a request" {
${GRAPH_STYLE}
graph [newrank=true, nodesep=0.3, ranksep=${layout === "two columns" ? 0.6 : 0.45}]
${openMesh("client")}
${nodes("client").join("\n")}
}
${openMesh("server")}
${nodes("server").join("\n")}
}
${[...ranks, ...edges].join("\n")}
}`);
}

/** A stop, with the certificates that it presents to the stops before and after it. */
function label({ mesh, name, place }: Stop, hops: readonly Hop[], index: number): string {
  const accepting = hops[index - 1]?.tls?.server ?? [];
  const connecting = hops[index]?.tls?.client ?? [];
  const rows =
    accepting.join() === connecting.join()
      ? [accepting]
      : [accepting, connecting].filter(({ length }) => length > 0);
  return box(
    mesh,
    `<b>${text(name)}</b><br/>${small(`namespace ${text(place)}`)}`,
    rows.filter(({ length }) => length > 0).map((names) => nameLines(names).join("<br/>")),
  );
}

function edge(
  { address, protocol = "HTTP", tls }: Hop,
  index: number,
  mesh: Stop["mesh"],
  isBorder: boolean,
  isUpward: boolean,
): string {
  const colour = isBorder ? COLOURS.between : tls ? COLOURS[mesh] : COLOURS.muted;
  const security = tls ? `mutual TLS${version(tls.version)}` : "plain text";
  const lines = [
    `<b>${index + 1}</b>  ${text(protocol)}, ${isBorder ? `<b>${security}</b>` : security}`,
    ...(address === undefined ? [] : [small(text(address))]),
  ];
  // Space on both sides keeps the label away from the arrow.
  const table = `<<table border="0" cellborder="0" cellspacing="0" cellpadding="3"><tr><td width="4"></td><td balign="left">${lines.join("<br/>")}</td></tr></table>>`;
  const [from, to] = isUpward ? [index + 1, index] : [index, index + 1];
  return `s${from} -> s${to} [color="${colour}", penwidth=${isBorder ? 3 : 2}, label=${table}${isUpward ? ", dir=back" : ""}]`;
}

const version = (value: string | undefined) =>
  value === undefined ? "" : ` ${text(value.replace("TLSv", ""))}`;
