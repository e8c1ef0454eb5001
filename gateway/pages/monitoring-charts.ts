import type { Chart } from '../../charts/chart.js';
import type { ChartWindow } from '../../charts/window-axis.js';
import { type WindowLine, type WindowLinesData, windowLinesSvg } from '../../charts/window-lines.js';
import type { JudgedWindow } from '../../domain/ports/watches.js';

/** What is drawn of windows: all oldest first. */
export type DrawnWindow = Pick<
  JudgedWindow,
  'from' | 'to' | 'modelVersion' | 'rows' | 'verdicts' | 'numbers'
>;

/** A chart of a report, by a name that fits a file. */
export interface ReportChart extends Chart {
  readonly name: string;
}

/** Metrics in the order in which they are looked at; those of the list that a model has not are not drawn. */
const shownMetrics: Readonly<Record<string, string>> = {
  logLoss: 'log loss (less is better)',
  skill: 'skill (0: a constant answer)',
  rocAuc: 'area under the ROC curve',
  accuracy: 'accuracy',
  mae: 'mean absolute error',
  rmse: 'root of the mean squared error',
  r2: 'share of variance explained',
};

export const numberLine = (windows: readonly DrawnWindow[], name: string, label: string): WindowLine => ({
  name: label,
  values: windows.map(({ numbers }) => numbers[name] ?? null),
});

const isTold = (windows: readonly DrawnWindow[], name: string): boolean =>
  windows.some(({ numbers }) => numbers[name] !== undefined);

export function chartOf(
  name: string,
  windows: readonly DrawnWindow[],
  data: Omit<WindowLinesData, 'windows'>,
): ReportChart {
  const shown = windows.map(({ from, to, modelVersion }): ChartWindow => ({ from, to, modelVersion }));
  return { name, ...windowLinesSvg({ windows: shown, ...data }) };
}

export function trafficChart(windows: readonly DrawnWindow[]): ReportChart {
  const values = windows.map(({ rows, numbers }) => numbers['traffic:rows'] ?? rows);
  const lines = [{ name: 'rows', values }];
  return chartOf('traffic', windows, { title: 'Rows a window', valueLabel: 'rows', lines, fromZero: true });
}

/** Each metric by itself, since their units differ; then how often the truth was 1 beside what the scores said. */
export function qualityCharts(windows: readonly DrawnWindow[]): readonly ReportChart[] {
  const marked = { label: 'a loss was named', at: windows.map(({ verdicts }) => hasLoss(verdicts)) };
  const metrics = Object.entries(shownMetrics)
    .filter(([metric]) => isTold(windows, metric))
    .map(([metric, valueLabel]) => {
      const line = {
        ...numberLine(windows, metric, metric),
        low: windows.map(({ numbers }) => numbers[`low:${metric}`] ?? null),
        high: windows.map(({ numbers }) => numbers[`high:${metric}`] ?? null),
      };
      return chartOf(`quality-${metric}`, windows, { title: metric, valueLabel, lines: [line], marked });
    });
  if (!isTold(windows, 'rate')) return metrics;
  const lines = [
    numberLine(windows, 'rate', 'share of rows whose truth is 1'),
    numberLine(windows, 'meanScore', 'mean of the scores'),
  ];
  const title = 'Outcomes beside scores';
  return [...metrics, chartOf('quality-rate', windows, { title, valueLabel: 'share of rows', lines })];
}

function hasLoss(verdicts: DrawnWindow['verdicts']): boolean {
  return Object.entries(verdicts).some(
    ([name, verdict]) => name.startsWith('condition:') && verdict === 'fail',
  );
}

export function truthCharts(windows: readonly DrawnWindow[]): readonly ReportChart[] {
  const coverage = windows.map(({ numbers, rows }) =>
    rows === 0 ? null : (numbers['labelled'] ?? 0) / rows,
  );
  const hours = (name: string, label: string): WindowLine => ({
    name: label,
    values: windows.map(({ numbers }) => (numbers[name] === undefined ? null : numbers[name] / 3600)),
  });
  return [
    chartOf('label-coverage', windows, {
      ...{ title: 'Rows whose truth is known', valueLabel: 'share of rows', fromZero: true },
      lines: [{ name: 'known', values: coverage }],
    }),
    chartOf('label-delay', windows, {
      ...{ title: 'How long the truth took', valueLabel: 'hours', fromZero: true },
      lines: [hours('delay:p50', 'half of them'), hours('delay:p90', 'nine of ten')],
    }),
  ];
}

export function scoreChart(windows: readonly DrawnWindow[]): ReportChart {
  const names = {
    'score:p90': 'nine of ten are below',
    'score:mean': 'mean',
    'score:p10': 'one of ten is below',
  };
  const lines = Object.entries(names).map(([name, label]) => numberLine(windows, name, label));
  return chartOf('scores', windows, { title: 'Scores over time', valueLabel: 'score', lines });
}

const together = 'All inputs together';

/** What is looked at of all inputs at once. Windows without it draw nothing. */
export function wholeCharts(windows: readonly DrawnWindow[]): readonly ReportChart[] {
  const ofName = (name: string, title: string, valueLabel: string, fromZero: boolean, verdict = name) => {
    const marked = { label: 'moved', at: windows.map(({ verdicts }) => verdicts[verdict] === 'fail') };
    const lines = [numberLine(windows, name, valueLabel)];
    return isTold(windows, name)
      ? [chartOf(name, windows, { title, valueLabel, lines, fromZero, marked })]
      : [];
  };
  return [
    ...ofName('multivariate', together, 'told apart (0.5: not at all)', false),
    ...ofName('discrepancy', together, 'squared discrepancy (0: not at all)', false, 'multivariate'),
    ...ofName('outliers', 'Rows that lie alone', 'share of rows', true),
  ];
}

/** The inputs that were furthest beyond their limits first, and before them the predictions. */
export function driftCharts(windows: readonly DrawnWindow[]): readonly ReportChart[] {
  return driftOrder(windows).map((name, at) => {
    const title = name === 'predictions' ? 'The predictions themselves' : name.slice('column:'.length);
    return chartOf(`drift-${at}`, windows, {
      ...{ title, valueLabel: 'distance', fromZero: true, isSmall: true },
      lines: [numberLine(windows, name, 'distance')],
      limit: numberLine(windows, `limit:${name}`, 'limit'),
      marked: { label: 'moved', at: windows.map(({ verdicts }) => verdicts[name] === 'fail') },
    });
  });
}

/** Names of numbers: `predictions`, `column:<name>`. */
export function driftOrder(windows: readonly DrawnWindow[]): readonly string[] {
  const all = new Set(windows.flatMap(({ verdicts }) => Object.keys(verdicts)));
  const columns = [...all].filter((name) => name.startsWith('column:'));
  const furthest = new Map(
    columns.map((name) => [name, Math.max(...windows.map((of) => excessOf(of, name)))]),
  );
  const sorted = columns.toSorted((a, b) => (furthest.get(b) ?? 0) - (furthest.get(a) ?? 0));
  return [...(all.has('predictions') ? ['predictions'] : []), ...sorted];
}

function excessOf({ numbers }: DrawnWindow, name: string): number {
  const limit = numbers[`limit:${name}`] ?? 1;
  return (numbers[name] ?? 0) / (limit > 0 ? limit : 1);
}
