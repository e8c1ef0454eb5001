import { element, textElement } from './element.js';

/**
 * The numbers of a chart as an HTML table. The first cell of each row is its heading.
 *
 * @param rows cells of text, as many a row as there are headings
 */
export function dataTable(
  caption: string,
  headings: readonly string[],
  rows: readonly (readonly string[])[],
): string {
  const head = headings.map((heading) => textElement('th', { scope: 'col' }, heading));
  const body = rows.map((cells) =>
    element(
      'tr',
      {},
      ...cells.map((cell, index) =>
        index === 0 ? textElement('th', { scope: 'row' }, cell) : textElement('td', {}, cell),
      ),
    ),
  );
  return element(
    'table',
    {},
    textElement('caption', {}, caption),
    element('thead', {}, element('tr', {}, ...head)),
    element('tbody', {}, ...(body.length === 0 ? [''] : body)),
  );
}
