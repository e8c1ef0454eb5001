import { max } from 'd3-array';
import { scaleLinear } from 'd3-scale';
import type { ScoreShares } from '../domain/monitoring/score-shares.js';
import { percentText } from '../domain/percent-text.js';
import { axes } from './axes.js';
import type { Chart } from './chart.js';
import { dataTable } from './data-table.js';
import { element } from './element.js';
import { legend, legendRowHeight } from './legend.js';
import { numberText } from './number-text.js';
import { palette } from './palette.js';
import { headingHeight, picture } from './picture.js';

export interface ScoreSharesData {
  readonly title: string;
  readonly shares: ScoreShares;
}

const width = 720;
const bottom = headingHeight + 230;

/** Draws how the answers of a window lie, with the outline of those of the reference. */
export function scoreSharesSvg({ title, shares }: ScoreSharesData): Chart {
  const { edges, window, reference, mean } = shares;
  const x = scaleLinear([edges[0] ?? 0, edges.at(-1) ?? 1], [64, width - 24]);
  const most = Math.max(max(window) ?? 0, max(reference) ?? 0);
  const y = scaleLinear([0, most || 1], [bottom, headingHeight + 8]).nice(5);
  const bars = window.map((share, bin) => {
    const [left, right] = [x(edges[bin] ?? 0), x(edges[bin + 1] ?? 0)];
    const size = {
      x: left + 1,
      width: Math.max(0, right - left - 2),
      y: y(share),
      height: bottom - y(share),
    };
    return element('rect', { ...size, fill: palette.shade });
  });
  const steps = reference.map((share, bin) => `V${y(share).toFixed(2)}H${x(edges[bin + 1] ?? 0).toFixed(2)}`);
  const outline = `M${x(edges[0] ?? 0).toFixed(2)},${bottom}${steps.join('')}V${bottom}`;
  const entries = [
    { label: `the window, mean ${numberText(mean)}`, colour: palette.shade, mark: 'box' },
    { label: 'the reference: test rows of the version', colour: palette.ink, mark: 'line' },
  ] as const;
  return {
    svg: picture(
      {
        ...{ width, height: bottom + 56 + entries.length * legendRowHeight, title },
        description: `Shares of scores in ${window.length} bins, of a window and of its reference.`,
      },
      axes({ scale: x, label: 'score' }, { scale: y, label: 'share of rows' }),
      ...bars,
      element('path', { d: outline, fill: 'none', stroke: palette.ink, 'stroke-width': 1.5 }),
      legend(entries, 64, bottom + 58),
    ),
    table: dataTable(
      title,
      ['score from', 'to', 'window', 'reference'],
      window.map((share, bin) => [
        numberText(edges[bin] ?? 0),
        numberText(edges[bin + 1] ?? 0),
        percentText(share),
        percentText(reference[bin] ?? 0),
      ]),
    ),
  };
}
