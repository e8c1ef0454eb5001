import type { ScaleLinear } from 'd3-scale';
import { element, textElement } from './element.js';
import { palette } from './palette.js';

export type Scale = ScaleLinear<number, number>;

/** A linear axis: where it lies (through its range, in pixels), and what it says. */
export interface Axis {
  readonly scale: Scale;
  readonly label: string;
  /** In place of round numbers. */
  readonly ticks?: readonly Tick[];
}

export interface Tick {
  readonly at: number;
  readonly text: string;
}

/** Grid lines, ticks and labels of a plot; `x` runs right, `y` runs up. */
export function axes(x: Axis, y: Axis): string {
  const [left = 0, right = 0] = x.scale.range();
  const [bottom = 0, top = 0] = y.scale.range();
  const ticksBelow = ticksOf(x);
  const ticksBeside = ticksOf(y);
  const grid = { stroke: palette.faint, 'stroke-width': 1 };
  return [
    ...ticksBelow.map((tick) =>
      element('line', { x1: x.scale(tick.at), x2: x.scale(tick.at), y1: top, y2: bottom, ...grid }),
    ),
    ...ticksBeside.map((tick) =>
      element('line', { x1: left, x2: right, y1: y.scale(tick.at), y2: y.scale(tick.at), ...grid }),
    ),
    ...ticksBelow.map((tick) =>
      textElement('text', { x: x.scale(tick.at), y: bottom + 18, 'text-anchor': 'middle' }, tick.text),
    ),
    ...ticksBeside.map((tick) =>
      textElement('text', { x: left - 8, y: y.scale(tick.at) + 4, 'text-anchor': 'end' }, tick.text),
    ),
    element('path', { d: `M${left},${top}V${bottom}H${right}`, fill: 'none', stroke: palette.ink }),
    textElement('text', { x: (left + right) / 2, y: bottom + 38, 'text-anchor': 'middle' }, x.label),
    textElement(
      'text',
      { transform: `translate(16,${(top + bottom) / 2}) rotate(-90)`, 'text-anchor': 'middle' },
      y.label,
    ),
  ].join('');
}

function ticksOf({ scale, ticks }: Axis): readonly Tick[] {
  const show = scale.tickFormat(5);
  return ticks ?? scale.ticks(5).map((at) => ({ at, text: show(at) }));
}
