import { extent } from 'd3-array';
import { scaleLinear } from 'd3-scale';
import type { SliceEvaluation } from '../domain/metrics/evaluation.js';
import type { MetricValue } from '../domain/metrics/metric-value.js';
import type { Scale } from './axes.js';
import type { Chart } from './chart.js';
import { dataTable } from './data-table.js';
import { element, textElement } from './element.js';
import { shorten } from './escape-text.js';
import { metricText, numberText } from './number-text.js';
import { palette } from './palette.js';
import { headingHeight, picture } from './picture.js';

/** One metric in every slice, and over all rows. */
export interface SliceDotsData {
  readonly title: string;
  /** Name of the metric in each slice's `metrics`. */
  readonly metric: string;
  readonly overall?: MetricValue | undefined;
  readonly slices: readonly SliceEvaluation[];
}

const width = 640;
const left = 220;
const right = 540;
const top = headingHeight + 16;
const rowHeight = 22;

/** Taller pictures are not looked at; the table has every slice. */
const mostDrawn = 60;

const missing: MetricValue = { kind: 'undefined', reason: 'not measured' };

/** Draws a dot with its interval for each slice, a line for all rows, and the reason where there is no number. */
export function sliceDotsSvg({ title, metric, overall, slices }: SliceDotsData): Chart {
  const drawn = slices.slice(0, mostDrawn);
  const metrics = slices.map((slice) => slice.metrics[metric] ?? missing);
  const x = scaleLinear(rangeOf([...metrics.slice(0, mostDrawn), overall ?? missing]), [left, right]).nice(4);
  const bottom = top + Math.max(1, drawn.length) * rowHeight;
  return {
    svg: picture(
      {
        width,
        height: bottom + 66,
        title,
        description: `${metric} with 95 % intervals in ${slices.length} slices${overall ? `; all rows: ${metricText(overall)}` : ''}.`,
      },
      axisBelow(x, bottom, metric),
      overallLine(x, bottom, overall),
      ...drawn.map((slice, index) =>
        sliceRow(slice, metrics[index] ?? missing, x, top + (index + 0.5) * rowHeight),
      ),
      slices.length > mostDrawn
        ? textElement(
            'text',
            { x: 14, y: bottom + 58, 'font-size': 11 },
            `${slices.length - mostDrawn} more slices in the table`,
          )
        : '',
    ),
    table: dataTable(
      title,
      ['slice', 'rows', metric],
      slices.map((slice, index) => [
        `${slice.column}: ${slice.value}`,
        String(slice.rows),
        metricText(metrics[index] ?? missing),
      ]),
    ),
  };
}

function rangeOf(metrics: readonly MetricValue[]): [number, number] {
  const ends = metrics.flatMap((own) =>
    own.kind === 'value' ? [own.value, own.low ?? own.value, own.high ?? own.value] : [],
  );
  const [low = 0, high = 1] = extent(ends);
  return low < high ? [low, high] : [low - 0.5, high + 0.5];
}

function axisBelow(x: Scale, bottom: number, label: string): string {
  const show = x.tickFormat(5);
  const ticks = x.ticks(5).map((tick) => {
    const at = x(tick);
    return (
      element('line', { x1: at, x2: at, y1: top, y2: bottom, stroke: palette.faint }) +
      textElement('text', { x: at, y: bottom + 18, 'text-anchor': 'middle' }, show(tick))
    );
  });
  return (
    ticks.join('') +
    textElement('text', { x: (left + right) / 2, y: bottom + 38, 'text-anchor': 'middle' }, label)
  );
}

function overallLine(x: Scale, bottom: number, overall: MetricValue | undefined): string {
  if (overall?.kind !== 'value') return '';
  const at = x(overall.value);
  return (
    element('line', {
      x1: at,
      x2: at,
      y1: top,
      y2: bottom,
      stroke: palette.mark,
      'stroke-width': 2,
      'stroke-dasharray': '5 4',
    }) +
    textElement(
      'text',
      { x: left, y: bottom + 58, 'font-size': 11 },
      `dashed: all rows, ${numberText(overall.value)}`,
    )
  );
}

function sliceRow(slice: SliceEvaluation, metric: MetricValue, x: Scale, middle: number): string {
  const label = shorten(`${slice.column}: ${slice.value}`, 28);
  const name = textElement('text', { x: left - 12, y: middle + 4, 'text-anchor': 'end' }, label);
  if (metric.kind === 'undefined') {
    return name + reasonText(metric.reason, middle);
  }
  const { value, low, high } = metric;
  const interval =
    low === undefined || high === undefined
      ? ''
      : element('line', {
          x1: x(low),
          x2: x(high),
          y1: middle,
          y2: middle,
          stroke: palette.model,
          'stroke-width': 2,
        });
  return [
    name,
    interval,
    element('circle', { cx: x(value), cy: middle, r: 4.5, fill: palette.model }),
    textElement(
      'text',
      { x: right + 14, y: middle + 4, 'font-size': 11 },
      `${numberText(value)} of ${slice.rows}`,
    ),
  ].join('');
}

/** The paper-coloured rim keeps the words readable where the line of all rows crosses them. */
function reasonText(reason: string, middle: number): string {
  return textElement(
    'text',
    {
      x: left + 8,
      y: middle + 4,
      'font-size': 11,
      fill: palette.reference,
      stroke: palette.paper,
      'stroke-width': 4,
      'paint-order': 'stroke',
    },
    shorten(reason, 50),
  );
}
