import { type Html, html } from "./html";
import type { PageData } from "./page-data";
import { certificatesSection } from "./sections/certificates";
import { checksSection } from "./sections/checks";
import { pathSection } from "./sections/path";
import { renderSection, type Section } from "./sections/section";
import { storiesSection } from "./sections/stories";
import { renderSummary } from "./sections/summary";
import { timingsSection } from "./sections/timings";
import { versionsSection } from "./sections/versions";
import { STYLES } from "./styles";

const TITLE = "Mesh to mesh, by mutual TLS";

/** Renders what a command found as one HTML page, which loads nothing and runs no script. */
export async function renderPage(data: PageData): Promise<string> {
  const sections = [
    await pathSection(data),
    await certificatesSection(data),
    checksSection(data),
    storiesSection(data),
    timingsSection(data),
    versionsSection(data),
  ].filter((section) => section !== undefined);
  return `<!doctype html>\n${renderDocument(data, sections).text}\n`;
}

function renderDocument(data: PageData, sections: readonly Section[]): Html {
  return html`<html lang="en">
    <head>
      <meta charset="utf-8" />
      <meta name="viewport" content="width=device-width, initial-scale=1" />
      <meta name="color-scheme" content="light dark" />
      <meta
        http-equiv="Content-Security-Policy"
        content="default-src 'none'; style-src 'unsafe-inline'"
      />
      <title>${TITLE}: ${data.command}</title>
      <style>
        ${STYLES}
      </style>
    </head>
    <body>
      <a class="skip" href="#main">Skip to the content</a>
      <header>
        <h1>${TITLE}</h1>
        ${renderSummary(data)}
      </header>
      <nav aria-label="Sections">
        <ul>
          ${sections.map(({ id, title }) => html`<li><a href="#${id}">${title}</a></li>`)}
        </ul>
      </nav>
      <main id="main" tabindex="-1">${sections.map(renderSection)}</main>
    </body>
  </html>`;
}
