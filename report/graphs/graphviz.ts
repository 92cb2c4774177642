import { instance } from "@viz-js/viz";

/**
 * Draws a Graphviz source as SVG. The result is the same on every machine, because the Graphviz version is pinned and has
 * the font measures built in.
 *
 * @throws Error with the errors and warnings of Graphviz
 */
export async function drawGraph(source: string): Promise<string> {
  const viz = await instance();
  const { output, errors } = viz.render(source, { format: "svg" });
  if (output === undefined || errors.length > 0) {
    throw new Error(errors.map(({ message }) => message).join("\n"));
  }
  return (
    output
      // Remove the prolog, comments, and the names of parts, which browsers show as tooltips.
      .replace(/^[\s\S]*?(?=<svg)/, "")
      .replace(/<!--[\s\S]*?-->\n/g, "")
      .replace(/(<g id="(?:node|edge|clust)\d+"[^>]*>\n)<title>.*?<\/title>\n/g, "$1")
      // Graphviz measures only ASCII characters correctly, and writes font names for printers.
      .replaceAll("&#45;&gt;", "→")
      .replaceAll("...", "…")
      .replace(
        /font-family="(?:Helvetica,sans-Serif|Verdana)"/g,
        'font-family="Helvetica,Arial,sans-serif"',
      )
      // Browsers show points a third larger than pixels.
      .replace(/(width|height)="(\d+)pt"/g, '$1="$2"')
  );
}
