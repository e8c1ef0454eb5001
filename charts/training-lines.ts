import { extent } from 'd3-array';
import { scaleLinear } from 'd3-scale';
import { line } from 'd3-shape';
import { axes } from './axes.js';
import type { Chart } from './chart.js';
import { dataTable } from './data-table.js';
import { element, textElement } from './element.js';
import { type LegendEntry, legend, legendRowHeight } from './legend.js';
import { numberText } from './number-text.js';
import { lineStyles } from './palette.js';
import { headingHeight, picture } from './picture.js';

/** One metric over the steps of a training; values that are no numbers leave a gap in the line. */
export interface TrainingSeries {
  readonly name: string;
  readonly points: readonly { readonly step: number; readonly value: number }[];
}

/** Metrics in one unit, so that they may share an axis. */
export interface TrainingLinesData {
  readonly title: string;
  /** What a step is. Default "epoch". */
  readonly stepLabel?: string;
  readonly valueLabel: string;
  readonly series: readonly TrainingSeries[];
}

const width = 560;
const bottom = headingHeight + 248;

/** More lines than styles cannot be told apart; the table has them all. */
const mostLines = lineStyles.length;

/** More points than this a line of 460 pixels cannot show, nor a reader of the table want. */
const mostPoints = 400;

/** Draws one line a series, each with a colour and dashes of its own. */
export function trainingLinesSvg({
  title,
  stepLabel = 'epoch',
  valueLabel,
  series,
}: TrainingLinesData): Chart {
  const thin = series.map((own) => ({ name: own.name, points: thinned(own.points) }));
  const drawn = thin.slice(0, mostLines);
  const finite = drawn.flatMap((own) => own.points.filter(isFinitePoint));
  const x = scaleLinear(spread(finite.map((point) => point.step)), [72, width - 24]);
  const y = scaleLinear(spread(finite.map((point) => point.value)), [bottom, headingHeight + 8]).nice(5);
  const path = line<TrainingSeries['points'][number]>()
    .defined(isFinitePoint)
    .x((point) => x(point.step))
    .y((point) => y(point.value))
    .digits(2);
  return {
    svg: picture(
      {
        width,
        height: bottom + 60 + (drawn.length + 1) * legendRowHeight,
        title,
        description: `${valueLabel} by ${stepLabel}. ${drawn.map(lastOf).join('; ')}.`,
      },
      axes({ scale: x, label: stepLabel }, { scale: y, label: valueLabel }),
      ...drawn.map((own, index) => seriesLine(path(own.points) ?? '', index)),
      finite.length === 0 ? textElement('text', { x: 90, y: headingHeight + 40 }, 'no number yet') : '',
      legend(drawn.map(legendEntry), 72, bottom + 62),
      series.length > mostLines
        ? textElement(
            'text',
            { x: 72, y: bottom + 66 + drawn.length * legendRowHeight },
            `${series.length - mostLines} more in the table`,
          )
        : '',
    ),
    table: dataTable(
      title,
      ['series', stepLabel, valueLabel],
      thin.flatMap((own) =>
        own.points.map((point) => [own.name, numberText(point.step), numberText(point.value)]),
      ),
    ),
  };
}

function isFinitePoint(point: { step: number; value: number }): boolean {
  return Number.isFinite(point.step) && Number.isFinite(point.value);
}

function thinned<T>(points: readonly T[]): readonly T[] {
  if (points.length <= mostPoints) return points;
  const stride = (points.length - 1) / (mostPoints - 1);
  return Array.from({ length: mostPoints }, (_, index) => points[Math.round(index * stride)]).filter(
    (point) => point !== undefined,
  );
}

/** A range with some width, also for one value or none. */
function spread(values: readonly number[]): [number, number] {
  const [low = 0, high = 1] = extent(values);
  return low < high ? [low, high] : [low - 0.5, high + 0.5];
}

function seriesLine(d: string, index: number): string {
  const style = lineStyles[index];
  return element('path', {
    d,
    fill: 'none',
    stroke: style?.colour,
    'stroke-width': 2,
    'stroke-dasharray': style?.dashes,
  });
}

function lastOf({ name, points }: TrainingSeries): string {
  const last = points.at(-1);
  return last ? `${name} ends at ${numberText(last.value)}` : `${name} has no value`;
}

function legendEntry(own: TrainingSeries, index: number): LegendEntry {
  const style = lineStyles[index] ?? lineStyles[0];
  return { label: lastOf(own), colour: style.colour, mark: 'line', dashes: style.dashes };
}
