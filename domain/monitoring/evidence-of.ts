import type { MonitoringConfig } from '../config/monitoring.js';
import type { Verdict } from '../verdict.js';
import type { Evidence } from './classify.js';
import { persistentVerdict } from './persistence.js';

/**
 * Verdicts of a window by what was looked at: `column:<name>`, `multivariate`, `outliers`, `predictions`, `firstWindow`,
 * `estimated`, `skew:<kind>:<column>`; `condition:<name>`, `outcomes`, `concept`.
 */
export type WindowVerdicts = Readonly<Record<string, Verdict>>;

/** The newest windows of one version on both lines, oldest first. */
export interface WatchHistory {
  readonly inputs: readonly WindowVerdicts[];
  readonly truth: readonly WindowVerdicts[];
}

export interface ToldEvidence {
  readonly evidence: Evidence;
  /** Inputs that have moved and stayed so. */
  readonly moved: readonly string[];
  /** What has, of what looks at all inputs together. */
  readonly together: readonly Together[];
  /** Conditions that name the loss that is there. */
  readonly lost: readonly string[];
}

const togethers = ['multivariate', 'outliers'] as const;
export type Together = (typeof togethers)[number];

/** Of columns whose windows could not be judged, so large a share leaves the inputs unjudged. */
const mostUntold = 0.5;

/** What the last windows of an endpoint say together. */
export function evidenceOf(
  { inputs, truth }: WatchHistory,
  { drift, conditions }: Pick<MonitoringConfig, 'drift' | 'conditions'>,
): ToldEvidence {
  const persistent = (name: string) => ({
    name,
    verdict: persistentVerdict(seriesOf(inputs, name), drift.persistence),
    newest: inputs.at(-1)?.[name],
  });
  const columns = namedBy('column:', inputs).map((name) => ({ ...persistent(`column:${name}`), name }));
  const together = togethers
    .filter((name) => inputs.at(-1)?.[name] !== undefined)
    .map((name) => ({ ...persistent(name), name }));
  const conditionVerdicts = Object.entries(conditions).map(([name, { persistence }]) => ({
    name,
    verdict: persistentVerdict(seriesOf(truth, `condition:${name}`), persistence),
  }));
  // What was turned off since says nothing any more.
  const told = (windows: readonly WindowVerdicts[], name: string) =>
    windows.at(-1)?.[name] === undefined
      ? 'inconclusive'
      : persistentVerdict(seriesOf(windows, name), drift.persistence);
  if (truth.at(-1)?.['concept'] !== undefined)
    conditionVerdicts.push({ name: 'concept', verdict: told(truth, 'concept') });
  const moved = columns.filter(({ verdict }) => verdict === 'fail').map(({ name }) => name);
  const lost = conditionVerdicts.filter(({ verdict }) => verdict === 'fail').map(({ name }) => name);
  const newest = inputs.at(-1);
  return {
    moved,
    together: together.filter(({ verdict }) => verdict === 'fail').map(({ name }) => name),
    lost,
    evidence: {
      skew: newest === undefined ? 'inconclusive' : hasSkew(newest) ? 'fail' : 'pass',
      firstWindow: newest === undefined ? 'inconclusive' : (newest['firstWindow'] ?? 'pass'),
      inputs: inputsVerdict([...columns, ...together]),
      predictions: persistentVerdict(seriesOf(inputs, 'predictions'), drift.persistence),
      realised: allOf(conditionVerdicts.map(({ verdict }) => verdict)),
      estimated: told(inputs, 'estimated'),
      outcomes: told(truth, 'outcomes'),
    },
  };
}

function inputsVerdict(
  columns: readonly { readonly verdict: Verdict; readonly newest: Verdict | undefined }[],
): Verdict {
  if (columns.some(({ verdict }) => verdict === 'fail')) return 'fail';
  if (columns.some(({ newest }) => newest === 'fail')) return 'inconclusive';
  const untold = columns.filter(({ verdict }) => verdict === 'inconclusive').length;
  return untold >= columns.length * mostUntold ? 'inconclusive' : 'pass';
}

function allOf(verdicts: readonly Verdict[]): Verdict {
  if (verdicts.includes('fail')) return 'fail';
  return verdicts.length > 0 && verdicts.every((verdict) => verdict === 'pass') ? 'pass' : 'inconclusive';
}

export function hasSkew(verdicts: WindowVerdicts): boolean {
  return Object.keys(verdicts).some((name) => name.startsWith('skew:'));
}

function namedBy(prefix: string, windows: readonly WindowVerdicts[]): string[] {
  const names = windows.flatMap((verdicts) => Object.keys(verdicts));
  return [...new Set(names)]
    .filter((name) => name.startsWith(prefix))
    .map((name) => name.slice(prefix.length));
}

function seriesOf(windows: readonly WindowVerdicts[], name: string): Verdict[] {
  return windows.map((verdicts) => verdicts[name] ?? 'inconclusive');
}
