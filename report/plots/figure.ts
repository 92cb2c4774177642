import { escapeHtml, Html, html } from "../html";
import { buildDarkRules } from "../palette";
import { type Size, WIDTHS } from "./chart";

/** A drawing of the same thing for each width. */
export interface Drawing {
  readonly wide: string;
  readonly narrow: string;
}

/** Draws something for each width. */
export function drawBoth(draw: (width: number) => string): Drawing {
  return { wide: draw(WIDTHS.wide), narrow: draw(WIDTHS.narrow) };
}

/** A figure that shows the drawing that fits the width of the window. `alternative` says what one can see in it. */
export function figure(drawing: Drawing, alternative: string, caption: string): Html {
  return html`<figure>
    ${nameDrawing(drawing.wide, alternative, "wide")}
    ${nameDrawing(drawing.narrow, alternative, "narrow")}
    <figcaption>${caption}</figcaption>
  </figure>`;
}

function nameDrawing(svg: string, alternative: string, width: keyof Drawing): Html {
  const label = escapeHtml(alternative);
  return new Html(
    svg
      // A page with several drawings must not repeat an ID that nothing refers to.
      .replace(/ id="(?:node|edge|clust|graph)\d+"/g, "")
      .replaceAll("&#45;", "-")
      .replace(/<svg /, `<svg class="${width}" role="img" aria-label="${label}" `),
  );
}

/** A drawing as a file of its own, such as a picture in the documentation. A chart needs its size. */
export function asPicture(svg: string, size?: Size): string {
  const attributes = size ? `width="${size.width}" height="${size.height}" ` : "";
  return svg.replace(
    /<svg ([^>]*)>\n?/,
    `<svg role="img" ${attributes}$1>\n<style>${buildDarkRules()}</style>\n`,
  );
}
