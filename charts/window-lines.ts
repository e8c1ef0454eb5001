import { extent } from 'd3-array';
import { scaleLinear } from 'd3-scale';
import { area, line } from 'd3-shape';
import { axes, type Scale } from './axes.js';
import type { Chart } from './chart.js';
import { dataTable } from './data-table.js';
import { element, textElement } from './element.js';
import { type LegendEntry, legend, legendRowHeight } from './legend.js';
import { numberText } from './number-text.js';
import { lineStyles, palette } from './palette.js';
import { headingHeight, picture } from './picture.js';
import { type ChartWindow, middleOf, versionMarks, windowAxis } from './window-axis.js';

/** A number of each window; null where it could not be told. */
export interface WindowLine {
  readonly name: string;
  readonly values: readonly (number | null)[];
  /** Ends of its intervals, drawn as a band. */
  readonly low?: readonly (number | null)[];
  readonly high?: readonly (number | null)[];
}

export interface WindowLinesData {
  readonly title: string;
  readonly valueLabel: string;
  /** Oldest first; every list below is parallel to it. */
  readonly windows: readonly ChartWindow[];
  readonly lines: readonly WindowLine[];
  /** Drawn dashed, in grey. */
  readonly limit?: WindowLine;
  /** Windows that get a mark, and what it says. */
  readonly marked?: { readonly label: string; readonly at: readonly boolean[] };
  /** The axis begins at 0. */
  readonly fromZero?: boolean;
  /** Half as wide, for many beside each other. */
  readonly isSmall?: boolean;
}

interface Place {
  readonly x: Scale;
  readonly y: Scale;
  readonly data: WindowLinesData;
}

/** Draws numbers of windows over the time of their events. */
export function windowLinesSvg(data: WindowLinesData): Chart {
  const { title, valueLabel, windows, lines, limit, marked, isSmall = false } = data;
  const width = isSmall ? 380 : 720;
  const bottom = headingHeight + (isSmall ? 130 : 230);
  const xAxis = windowAxis(windows, [64, width - 24], isSmall ? 4 : 8);
  const y = scaleLinear(rangeOf(data), [bottom, headingHeight + 8]).nice(5);
  const place = { x: xAxis.scale, y, data };
  const entries = legendOf(data);
  return {
    svg: picture(
      {
        ...{ width, title, height: bottom + 56 + entries.length * legendRowHeight },
        description: `${valueLabel} of ${windows.length} windows. ${lines.map(lastOf).join('; ')}.`,
      },
      axes(xAxis, { scale: y, label: valueLabel }),
      versionMarks(windows, xAxis.scale, headingHeight + 8, bottom),
      ...lines.map((own, index) => drawn(own, index, place)),
      limit === undefined ? '' : limitLine(limit, place),
      marked === undefined ? '' : marks(marked.at, place),
      lines.every(({ values }) => values.every((value) => value === null))
        ? textElement('text', { x: 76, y: headingHeight + 40 }, 'no number yet')
        : '',
      legend(entries, 64, bottom + 58, isSmall ? 44 : 90),
    ),
    table: tableOf(data),
  };
}

function rangeOf({ lines, limit, fromZero = false }: WindowLinesData): [number, number] {
  const all = [...lines, ...(limit === undefined ? [] : [limit])].flatMap(({ values, low = [], high = [] }) =>
    [...values, ...low, ...high].filter((value) => value !== null),
  );
  const [least = 0, most = 1] = extent(fromZero ? [0, ...all] : all);
  return least < most ? [least, most] : [least - (fromZero ? 0 : 0.5), most + 0.5];
}

function drawn(own: WindowLine, index: number, { x, y, data }: Place): string {
  const style = lineStyles[index % lineStyles.length] ?? lineStyles[0];
  const at = (_: number | null, place: number) => x(xOf(data, place));
  const path = line<number | null>()
    .defined((value) => value !== null)
    .x(at)
    .y((value) => y(value ?? 0))
    .digits(2);
  const dots = own.values.map((value, place) =>
    value === null
      ? ''
      : element('circle', { cx: x(xOf(data, place)), cy: y(value), r: 2.5, fill: style.colour }),
  );
  const stroke = { stroke: style.colour, 'stroke-width': 2, 'stroke-dasharray': style.dashes };
  const lineOf = element('path', { d: path(own.values) ?? '', fill: 'none', ...stroke });
  return band(own, style.colour, { x, y, data }) + lineOf + dots.join('');
}

function band({ values, low, high }: WindowLine, colour: string, { x, y, data }: Place): string {
  if (low === undefined || high === undefined) return '';
  const shape = area<number | null>()
    .defined((_, place) => (low[place] ?? null) !== null && (high[place] ?? null) !== null)
    .x((_, place) => x(xOf(data, place)))
    .y0((_, place) => y(low[place] ?? 0))
    .y1((_, place) => y(high[place] ?? 0))
    .digits(2);
  return element('path', { d: shape(values) ?? '', fill: colour, 'fill-opacity': 0.15, stroke: 'none' });
}

function limitLine({ values }: WindowLine, { x, y, data }: Place): string {
  const path = line<number | null>()
    .defined((value) => value !== null)
    .x((_, place) => x(xOf(data, place)))
    .y((value) => y(value ?? 0))
    .digits(2);
  const look = { stroke: palette.reference, 'stroke-width': 1.5, 'stroke-dasharray': '6 4', fill: 'none' };
  return element('path', { d: path(values) ?? '', ...look });
}

function marks(at: readonly boolean[], { x, y, data }: Place): string {
  return at
    .map((isMarked, place) => {
      const value = data.lines[0]?.values[place] ?? null;
      if (!isMarked || value === null) return '';
      const look = { r: 6, fill: 'none', stroke: palette.mark, 'stroke-width': 2 };
      return element('circle', { cx: x(xOf(data, place)), cy: y(value), ...look });
    })
    .join('');
}

function xOf({ windows }: WindowLinesData, place: number): number {
  const window = windows[place];
  return window === undefined ? 0 : middleOf(window);
}

function lastOf({ name, values }: WindowLine): string {
  const last = values.at(-1);
  return last === undefined || last === null
    ? `${name}: the newest has no value`
    : `${name}, newest ${numberText(last)}`;
}

function legendOf({ lines, limit, marked }: WindowLinesData): LegendEntry[] {
  const own = lines.map((entry, index): LegendEntry => {
    const { colour, dashes } = lineStyles[index % lineStyles.length] ?? lineStyles[0];
    const hasBand = entry.low?.some((value) => value !== null) ?? false;
    const label = hasBand ? `${lastOf(entry)}, with its 95 % interval` : lastOf(entry);
    return { label, colour, mark: 'line', dashes };
  });
  return [
    ...own,
    ...(limit === undefined
      ? []
      : [{ label: lastOf(limit), colour: palette.reference, mark: 'line', dashes: '6 4' } as const]),
    ...(marked?.at.includes(true)
      ? [{ label: marked.label, colour: palette.mark, mark: 'dot' } as const]
      : []),
  ];
}

function tableOf({ title, windows, lines, limit, marked }: WindowLinesData): string {
  const columns = [...lines, ...(limit === undefined ? [] : [limit])];
  return dataTable(
    title,
    [
      'window',
      'version',
      ...columns.map(({ name }) => name),
      ...(marked === undefined ? [] : [marked.label]),
    ],
    windows.map(({ from, to, modelVersion }, at) => [
      `${minute(from)} to ${minute(to)}`,
      String(modelVersion),
      ...columns.map((column) => cellOf(column, at)),
      ...(marked === undefined ? [] : [marked.at[at] ? 'yes' : 'no']),
    ]),
  );
}

const minute = (instant: string): string => instant.slice(0, 16).replace('T', ' ');

function cellOf({ values, low, high }: WindowLine, at: number): string {
  const value = values[at] ?? null;
  if (value === null) return 'not told';
  const [least, most] = [low?.[at] ?? null, high?.[at] ?? null];
  const interval = least === null || most === null ? '' : ` (${numberText(least)} to ${numberText(most)})`;
  return numberText(value) + interval;
}
