import { max } from 'd3-array';
import { scaleLinear } from 'd3-scale';
import type { Histogram } from '../domain/stats/histogram.js';
import { axes } from './axes.js';
import type { Chart } from './chart.js';
import { dataTable } from './data-table.js';
import { element, textElement } from './element.js';
import { numberText } from './number-text.js';
import { palette } from './palette.js';
import { headingHeight, picture } from './picture.js';

/** Residuals (label minus prediction) counted in bins. */
export interface ResidualHistogramData {
  readonly title: string;
  readonly residuals: Histogram;
}

const width = 520;
const bottom = headingHeight + 268;

/** Draws the counts with a line at zero, where the model is right. */
export function residualHistogramSvg({ title, residuals }: ResidualHistogramData): Chart {
  const { edges, counts, below, above } = residuals;
  const x = scaleLinear([edges[0] ?? 0, edges.at(-1) ?? 1], [72, width - 24]);
  const y = scaleLinear([0, max(counts) || 1], [bottom, headingHeight + 8]);
  const rows = counts.reduce((sum, count) => sum + count, below + above);
  const outside = `${below} rows below and ${above} above the bins`;
  return {
    svg: picture(
      { width, height: bottom + 70, title, description: `Histogram of ${rows} residuals; ${outside}.` },
      axes({ scale: x, label: 'label minus prediction' }, { scale: y, label: 'rows' }),
      ...counts.map((count, bin) => bar(x(edges[bin] ?? 0), x(edges[bin + 1] ?? 0), y(count))),
      zeroLine(x),
      textElement('text', { x: 72, y: bottom + 60, 'font-size': 11 }, outside),
    ),
    table: dataTable(
      title,
      ['from', 'to', 'rows'],
      [
        ['lower', numberText(edges[0] ?? 0), String(below)],
        ...counts.map((count, bin) => [
          numberText(edges[bin] ?? 0),
          numberText(edges[bin + 1] ?? 0),
          String(count),
        ]),
        [numberText(edges.at(-1) ?? 0), 'higher', String(above)],
      ],
    ),
  };
}

function bar(from: number, to: number, top: number): string {
  return element('rect', {
    x: from + 0.5,
    y: top,
    width: Math.max(0.5, to - from - 1),
    height: bottom - top,
    fill: palette.model,
  });
}

function zeroLine(x: (value: number) => number): string {
  const at = x(0);
  if (at < 72 || at > width - 24) return '';
  return element('line', {
    x1: at,
    x2: at,
    y1: headingHeight + 8,
    y2: bottom,
    stroke: palette.mark,
    'stroke-width': 2,
    'stroke-dasharray': '5 4',
  });
}
