import { scaleLinear } from 'd3-scale';
import type { Axis, Scale, Tick } from './axes.js';
import { element, textElement } from './element.js';
import { palette } from './palette.js';

/** One window on the axis of time, and which version answered. ISO-8601. */
export interface ChartWindow {
  readonly from: string;
  readonly to: string;
  readonly modelVersion: number;
}

/** Windows lie where their middles are. */
export function middleOf({ from, to }: ChartWindow): number {
  return (Date.parse(from) + Date.parse(to)) / 2;
}

/** @param windows oldest first */
export function windowAxis(
  windows: readonly ChartWindow[],
  range: readonly [number, number],
  mostTicks: number,
): Axis {
  const first = Date.parse(windows[0]?.from ?? '1970-01-01');
  const last = Date.parse(windows.at(-1)?.to ?? '1970-01-02');
  const stride = Math.ceil(windows.length / mostTicks);
  const ticks = windows
    .filter((_, at) => at % stride === 0)
    .map((window): Tick => ({ at: middleOf(window), text: dayText(window, last - first) }));
  return { scale: scaleLinear([first, last], [...range]), label: 'window (UTC)', ticks };
}

const dayMs = 86_400_000;

/** The day on which a window begins; of short ones the hour. */
function dayText({ from }: ChartWindow, spanMs: number): string {
  return spanMs > 3 * dayMs ? from.slice(5, 10) : from.slice(5, 16).replace('T', ' ');
}

/** A line where another version begins to answer. */
export function versionMarks(windows: readonly ChartWindow[], x: Scale, top: number, bottom: number): string {
  return windows
    .filter((window, at) => at > 0 && windows[at - 1]?.modelVersion !== window.modelVersion)
    .map((window) => {
      const at = x(Date.parse(window.from));
      const line = { x1: at, x2: at, y1: top, y2: bottom, stroke: palette.reference };
      return (
        element('line', { ...line, 'stroke-dasharray': '2 3' }) +
        textElement('text', { x: at + 3, y: top + 10, 'font-size': 10 }, `v${window.modelVersion}`)
      );
    })
    .join('');
}
