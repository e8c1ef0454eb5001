import { z } from 'zod';

/** One measured number, and what it is held against. */
export const figureSchema = z.strictObject({
  what: z.string(),
  value: z.number(),
  unit: z.enum(['ms', 's', 'MiB', 'rows', 'times', 'per s']),
  /** What it must not exceed; absent for a figure that only informs. */
  limit: z.number().optional(),
  /** The same work by another program in the same run, in the same unit. */
  peer: z.strictObject({ name: z.string(), value: z.number() }).optional(),
});
export type Figure = z.infer<typeof figureSchema>;

export const reportSchema = z.strictObject({
  name: z.string(),
  about: z.string(),
  figures: z.array(figureSchema),
  notes: z.array(z.string()),
});
/** What came of one benchmark. */
export type BenchReport = z.infer<typeof reportSchema>;

export const resultsSchema = z.strictObject({
  at: z.string(),
  commit: z.string(),
  machine: z.string(),
  reports: z.array(reportSchema),
});
export type BenchResults = z.infer<typeof resultsSchema>;

export function isMissed({ value, limit }: Figure): boolean {
  return limit !== undefined && value > limit;
}

/** A figure in one line: its value, and as a share of its limit and of its peer. */
export function figureLine(figure: Figure): string {
  const { what, value, unit, limit, peer } = figure;
  const against = [
    limit === undefined ? [] : [`${share(value, limit)} of the limit of ${amount(limit, unit)}`],
    peer === undefined
      ? []
      : [`${share(value, peer.value)} times ${peer.name} (${amount(peer.value, unit)})`],
    isMissed(figure) ? ['MISSED'] : [],
  ].flat();
  return `${what.padEnd(52)} ${amount(value, unit).padStart(12)}   ${against.join('; ')}`.trimEnd();
}

function amount(value: number, unit: Figure['unit']): string {
  const digits = value >= 100 || Number.isInteger(value) ? 0 : 2;
  return `${value.toFixed(digits)} ${unit}`;
}

function share(value: number, of: number): string {
  return (value / of).toFixed(2);
}

/** The value below which a share of the values lies. */
export function quantile(values: readonly number[], at: number): number {
  const sorted = values.toSorted((a, b) => a - b);
  return sorted[Math.max(0, Math.ceil(at * sorted.length) - 1)] ?? Number.NaN;
}
