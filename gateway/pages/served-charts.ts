import type { ChartWindow } from '../../charts/window-axis.js';
import { windowLinesSvg } from '../../charts/window-lines.js';
import type { ReportChart } from './monitoring-charts.js';

/** What the servers of an endpoint did in one hour by the clock. */
export interface ServedHour extends ChartWindow {
  readonly answered: number;
  readonly refused: number;
  readonly failed: number;
  readonly p50Ms: number | null;
  readonly p99Ms: number | null;
}

/** Requests by what became of them, and how long the answered ones took. Hours are oldest first. */
export function servedCharts(hours: readonly ServedHour[]): readonly ReportChart[] {
  const lineOf = (name: string, value: (hour: ServedHour) => number | null) => ({
    name,
    values: hours.map(value),
  });
  const requests = windowLinesSvg({
    ...{ title: 'Requests an hour', valueLabel: 'requests', windows: hours, fromZero: true },
    lines: [
      lineOf('answered', ({ answered }) => answered),
      lineOf('refused', ({ refused }) => refused),
      lineOf('failed', ({ failed }) => failed),
    ],
  });
  const times = windowLinesSvg({
    ...{ title: 'Time of an answer', valueLabel: 'milliseconds', windows: hours, fromZero: true },
    lines: [lineOf('p50', ({ p50Ms }) => p50Ms), lineOf('p99', ({ p99Ms }) => p99Ms)],
  });
  return [
    { name: 'requests', ...requests },
    { name: 'times', ...times },
  ];
}
