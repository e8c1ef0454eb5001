import { scaleLinear } from 'd3-scale';
import { line } from 'd3-shape';
import { axes, type Scale } from './axes.js';
import { element } from './element.js';
import { type LegendEntry, legend, legendRowHeight } from './legend.js';
import { palette } from './palette.js';
import { headingHeight, picture } from './picture.js';

/** A point of the unit square; both numbers are shares, 0..1. */
export interface SharePoint {
  readonly x: number;
  readonly y: number;
}

/** A plot of one share against another: a curve, a dashed reference line and a point that stands out. */
export interface UnitSquare {
  readonly title: string;
  readonly description: string;
  readonly xLabel: string;
  readonly yLabel: string;
  readonly curve: readonly SharePoint[];
  readonly curveLabel: string;
  readonly reference: readonly SharePoint[];
  readonly referenceLabel: string;
  readonly point?: SharePoint & { readonly label: string };
  /** Draws a dot at each point of the curve. */
  readonly dots?: boolean;
  /** More markup, from the scales of the plot. */
  readonly extra?: (x: Scale, y: Scale) => string;
}

const side = 340;
const left = 64;
const legendLeft = 20;

/** Draws the plot with its legend below. */
export function unitSquare(plot: UnitSquare): string {
  const x = scaleLinear([0, 1], [left, left + side]);
  const y = scaleLinear([0, 1], [headingHeight + 8 + side, headingHeight + 8]);
  const entries = legendOf(plot);
  const legendTop = headingHeight + side + 70;
  const path = line<SharePoint>()
    .x((point) => x(point.x))
    .y((point) => y(point.y))
    .digits(2);
  const stroke = { fill: 'none', 'stroke-width': 2 };
  return picture(
    {
      width: left + side + 76,
      height: legendTop + entries.length * legendRowHeight,
      title: plot.title,
      description: plot.description,
    },
    axes({ scale: x, label: plot.xLabel }, { scale: y, label: plot.yLabel }),
    plot.extra?.(x, y) ?? '',
    element('path', {
      d: path(plot.reference) ?? '',
      stroke: palette.reference,
      'stroke-dasharray': '5 4',
      ...stroke,
    }),
    element('path', { d: path(plot.curve) ?? '', stroke: palette.model, ...stroke }),
    ...(plot.dots ? plot.curve : []).map((point) =>
      element('circle', { cx: x(point.x), cy: y(point.y), r: 4, fill: palette.model }),
    ),
    plot.point
      ? element('circle', {
          cx: x(plot.point.x),
          cy: y(plot.point.y),
          r: 6,
          fill: palette.mark,
          stroke: palette.paper,
        })
      : '',
    legend(entries, legendLeft, legendTop),
  );
}

function legendOf(plot: UnitSquare): LegendEntry[] {
  return [
    { label: plot.curveLabel, colour: palette.model, mark: 'line' },
    { label: plot.referenceLabel, colour: palette.reference, mark: 'line', dashes: '5 4' },
    ...(plot.point ? [{ label: plot.point.label, colour: palette.mark, mark: 'dot' } as const] : []),
  ];
}
