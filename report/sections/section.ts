import { type Html, html } from "../html";

/** A section of the page. The navigation lists it. */
export interface Section {
  readonly id: string;
  readonly title: string;
  readonly content: Html;
}

/** A section with its heading, as a landmark. */
export function renderSection({ id, title, content }: Section): Html {
  return html`<section id="${id}" aria-labelledby="${id}-title">
    <h2 id="${id}-title">${title}</h2>
    ${content}
  </section>`;
}

/** A column of a table. */
export interface Column<Row> {
  readonly heading: string;
  readonly cell: (row: Row) => Html | string | number;
  readonly isNumber?: true;
}

/**
 * A table. On a phone, style rules show each row as a block with the headings in it. The roles keep it a table for
 * screen readers.
 */
export function table<Row>(
  caption: Html | string,
  columns: readonly Column<Row>[],
  rows: readonly Row[],
): Html {
  return html`<table role="table">
    <caption>
      ${caption}
    </caption>
    <thead role="rowgroup">
      <tr role="row">
        ${columns.map(({ heading, isNumber }) => html`<th role="columnheader" scope="col" ${numberClass(isNumber)}>${heading}</th>`)}
      </tr>
    </thead>
    <tbody role="rowgroup">
      ${rows.map(
        (row) =>
          html`<tr role="row">
            ${columns.map((column, index) => cell(column, row, index === 0))}
          </tr>`,
      )}
    </tbody>
  </table>`;
}

/** A table that the reader opens, for those who cannot see the drawing beside it. */
export function foldedTable<Row>(
  summary: string,
  caption: string,
  columns: readonly Column<Row>[],
  rows: readonly Row[],
): Html {
  return html`<details>
    <summary>${summary}</summary>
    ${table(caption, columns, rows)}
  </details>`;
}

function cell<Row>({ heading, cell, isNumber }: Column<Row>, row: Row, isFirst: boolean): Html {
  const content = html`<span class="label" aria-hidden="true">${heading}</span>
    <span>${cell(row)}</span>`;
  return isFirst
    ? html`<th role="rowheader" scope="row">${cell(row)}</th>`
    : html`<td role="cell" ${numberClass(isNumber)}>${content}</td>`;
}

const numberClass = (isNumber: true | undefined): Html =>
  isNumber ? html` class="number"` : html``;
