import type { Hop, RequestPath } from "../../checks/runner/request-path";
import { drawPath } from "../graphs/path-graph";
import { type Html, html } from "../html";
import type { PageData } from "../page-data";
import { figure } from "../plots/figure";
import { foldedTable, type Section } from "./section";

/** The path of one request, as the logs and certificates of its proxies show it. */
export async function pathSection({ path }: PageData): Promise<Section> {
  const content =
    "problem" in path
      ? html`<p class="bad">The path of a request could not be read: ${path.problem}</p>`
      : await renderPath(path);
  return { id: "path", title: "The path of a request", content };
}

async function renderPath(path: RequestPath): Promise<Html> {
  const drawing = {
    wide: await drawPath(path, "two columns"),
    narrow: await drawPath(path, "one column"),
  };
  const { url, stops, hops } = path;
  const rows = hops.map((hop, index) => ({
    hop,
    number: index + 1,
    from: stops[index]?.name ?? "",
    to: stops[index + 1]?.name ?? "",
  }));
  const alternative = `From ${stops.map(({ name, mesh }) => `${name} (${mesh} mesh)`).join(" to ")}. The table below has each connection.`;
  return html`${figure(drawing, alternative, `A GET of ${url}, sent by this run. Each box shows the names in the certificates that it presented.`)}
  ${foldedTable(
    "Each connection as a table",
    "Connections of the path",
    [
      { heading: "Connection", cell: ({ number, from, to }) => `${number}. ${from} to ${to}` },
      { heading: "To", cell: ({ hop }) => hop.address ?? "not in a log" },
      {
        heading: "Protocol",
        cell: ({ hop }) => `${hop.protocol ?? "HTTP"}, ${securityOf(hop)}`,
      },
      { heading: "Certificate of the client", cell: ({ hop }) => listNames(hop.tls?.client) },
      { heading: "Certificate of the server", cell: ({ hop }) => listNames(hop.tls?.server) },
    ],
    rows,
  )}`;
}

function securityOf({ tls }: Hop): string {
  return tls ? (tls.version ?? "mutual TLS") : "plain text";
}

function listNames(names: readonly string[] = []): Html | string {
  if (names.length === 0) return "none";
  return html`${names.map((name, index) => html`${index > 0 ? html`<br />` : undefined}${name}`)}`;
}
