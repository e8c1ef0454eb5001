import { dataTable } from '../../charts/data-table.js';
import { type ToldValue, valueWords } from '../../domain/monitoring/value/value-words.js';
import { chartOf, type DrawnWindow, numberLine, type ReportChart } from './monitoring-charts.js';

/** What a row was worth in each window, beside what a constant answer would have been. */
export function valueChart(windows: readonly DrawnWindow[], unit: string): ReportChart {
  const answers = {
    ...numberLine(windows, 'value:perRow', 'a row'),
    low: windows.map(({ numbers }) => numbers['low:value:perRow'] ?? null),
    high: windows.map(({ numbers }) => numbers['high:value:perRow'] ?? null),
  };
  const lines = [answers, numberLine(windows, 'value:baseline', 'a row, by a constant answer')];
  return chartOf('value', windows, { title: 'Value of a row', valueLabel: unit, lines });
}

export function valueTable(value: ToldValue): string {
  const rows = valueWords(value).map(([what, text]) => [what, text] as const);
  return dataTable('All windows together', ['what', 'it is'], rows);
}
