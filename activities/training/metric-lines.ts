import type { MetricPoint } from '../../domain/ports/runs.js';

const namePattern = /^[A-Za-z_][A-Za-z0-9_./-]{0,99}$/;

/**
 * Points of `metrics.jsonl` lines: `{"step": 3, "loss": 0.41, "auc": 0.7}`. Without `step` it is the number of the line,
 * of which the first has `firstLine`. A line that is no such object, a name that is no name and a value that is no
 * finite number are passed over: these numbers are shown, never judged by.
 */
export function parseMetricLines(lines: readonly string[], firstLine: number, at: string): MetricPoint[] {
  return lines.flatMap((line, index) => {
    const record = parseObject(line);
    const { step, ...values } = record;
    const position = typeof step === 'number' && Number.isSafeInteger(step) ? step : firstLine + index;
    return Object.entries(values).flatMap(([name, value]) =>
      namePattern.test(name) && typeof value === 'number' && Number.isFinite(value)
        ? [{ name, step: position, value, at }]
        : [],
    );
  });
}

function parseObject(line: string): Record<string, unknown> {
  try {
    const value: unknown = JSON.parse(line);
    return typeof value === 'object' && value !== null && !Array.isArray(value) ? { ...value } : {};
  } catch {
    return {};
  }
}
