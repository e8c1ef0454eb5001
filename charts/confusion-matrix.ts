import { scaleLinear } from 'd3-scale';
import type { Confusion } from '../domain/metrics/confusion.js';
import { percentText } from '../domain/percent-text.js';
import type { Chart } from './chart.js';
import { dataTable } from './data-table.js';
import { element, textElement } from './element.js';
import { shorten } from './escape-text.js';
import { palette } from './palette.js';
import { headingHeight, picture } from './picture.js';

/** A confusion matrix with a heading. */
export interface ConfusionMatrixData {
  readonly title: string;
  readonly confusion: Confusion;
}

/** A larger matrix is a table only: its cells could not be read. */
const mostDrawn = 12;
const left = 110;
const top = headingHeight + 52;

/** Draws counts and, in each row, what share of that actual class got each answer; darker is more. */
export function confusionMatrixSvg({ title, confusion }: ConfusionMatrixData): Chart {
  const { labels, counts } = confusion;
  const rows = counts.reduce((sum, row) => sum + total(row), 0);
  const description = `Confusion matrix of ${rows} rows: actual class down, predicted class across; percentages are of the actual class.`;
  const cell = labels.length <= 4 ? 100 : 58;
  const drawn = labels.length <= mostDrawn ? labels.length : 0;
  const width = Math.max(left + drawn * cell + 20, 340);
  const height = top + Math.max(drawn * cell, 40) + 20;
  return {
    svg: picture(
      { width, height, title, description },
      ...(drawn === 0
        ? [textElement('text', { x: 14, y: top }, `${labels.length} classes: see the table`)]
        : [headings(labels, cell), ...counts.map((row, actual) => matrixRow(row, actual, cell))]),
    ),
    table: dataTable(
      title,
      ['actual', ...labels.map((label) => `predicted ${label}`)],
      counts.map((row, actual) => [
        labels[actual] ?? '',
        ...row.map((count) => `${count} (${shareText(count, total(row))})`),
      ]),
    ),
  };
}

function headings(labels: readonly string[], cell: number): string {
  const most = Math.floor(cell / 8);
  const across = labels.map((label, index) =>
    textElement(
      'text',
      { x: left + (index + 0.5) * cell, y: top - 10, 'text-anchor': 'middle' },
      shorten(label, most),
    ),
  );
  const down = labels.map((label, index) =>
    textElement(
      'text',
      { x: left - 10, y: top + (index + 0.5) * cell + 4, 'text-anchor': 'end' },
      shorten(label, 8),
    ),
  );
  const middle = (labels.length * cell) / 2;
  return [
    ...across,
    ...down,
    textElement(
      'text',
      { x: left + middle, y: top - 32, 'text-anchor': 'middle', 'font-weight': 600 },
      'predicted',
    ),
    textElement(
      'text',
      { transform: `translate(20,${top + middle}) rotate(-90)`, 'text-anchor': 'middle', 'font-weight': 600 },
      'actual',
    ),
  ].join('');
}

function matrixRow(row: readonly number[], actual: number, cell: number): string {
  const shade = scaleLinear([0, 1], [palette.paper, palette.shade]);
  const sum = total(row);
  return row
    .map((count, predicted) => {
      const share = sum === 0 ? 0 : count / sum;
      const x = left + predicted * cell;
      const y = top + actual * cell;
      return [
        element('rect', {
          x,
          y,
          width: cell,
          height: cell,
          fill: shade(share),
          stroke: palette.paper,
          'stroke-width': 2,
        }),
        textElement(
          'text',
          { x: x + cell / 2, y: y + cell / 2 - 2, 'font-weight': 600, 'text-anchor': 'middle' },
          String(count),
        ),
        textElement(
          'text',
          { x: x + cell / 2, y: y + cell / 2 + 15, 'font-size': 11, 'text-anchor': 'middle' },
          shareText(count, sum),
        ),
      ].join('');
    })
    .join('');
}

function total(row: readonly number[]): number {
  return row.reduce((sum, count) => sum + count, 0);
}

function shareText(count: number, sum: number): string {
  return sum === 0 ? 'no rows' : percentText(count / sum);
}
