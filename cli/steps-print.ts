import { printableLine } from '../domain/printable.js';
import { colors } from './colors.js';
import type { components } from './generated/api.js';
import { duration, printLine, printTable, statusText } from './print.js';

type Schemas = components['schemas'];
type Step = Schemas['Step'];
type Waiting = NonNullable<Step['waiting']>;
type Stepped = Pick<Schemas['RunDetail'], 'reason' | 'refusals' | 'status' | 'steps'>;

/**
 * Status, steps and refusals of whatever has steps. `label` is "status" as wide as the facts above it; `words` says what a
 * step does.
 */
export function printSteps(
  { reason, refusals, status, steps }: Stepped,
  label: string,
  words: (step: Step) => string,
): void {
  const why = reason === null || reason === status ? '' : `: ${printableLine(reason)}`;
  printLine(`${colors.dim(label)}  ${statusText(status)}${why}`);
  printLine();
  printTable(
    ['step', 'status', 'attempt', 'took', 'what'],
    steps.map((step) => [step.name, step.status, step.attempt, duration(step.ms), words(step)]),
    'no step has begun',
  );
  if (refusals.length === 0) return;
  printLine();
  printTable(
    ['refused', 'rule', 'actual', 'limit'],
    refusals.map((row) => [row.what, row.rule, row.actual, row.limit]),
    'nothing was refused',
  );
}

/** Whole, below all else: what helps must not be cut. */
export function printSentences(sentences: readonly string[]): void {
  if (sentences.length > 0) printLine();
  for (const sentence of sentences) printLine(printableLine(sentence));
}

/** What a step does, waits for, or ended with. */
export function stepWords(step: Step): string {
  return step.waiting ? waitingWords(step.waiting) : shortWords(step);
}

/** The same, in a few words. */
export function shortWords({ waiting, reason, progress, nextTryAt }: Step): string {
  if (waiting) return `waiting for ${waiting.for}`;
  const words = [reason ?? progress, nextTryAt === null ? null : `next try ${nextTryAt}`];
  return words.filter((word) => word !== null && word !== '').join(', ');
}

export function waitingWords(waiting: Waiting): string {
  const until = waiting.until === null ? '' : ` until ${waiting.until}`;
  const advice = waiting.advice === null ? '' : `: ${waiting.advice}`;
  return `waiting for ${waiting.for} since ${waiting.since}${until}${advice}`;
}
