import { printableLine } from '../domain/printable.js';
import { colors } from './colors.js';
import type { components } from './generated/api.js';
import { ago, duration, printFacts, printLine, printTable, statusText } from './print.js';
import { printCauses } from './run-causes-print.js';

export { printComparison } from './run-compare-print.js';

type RunDetail = components['schemas']['RunDetail'];
type Step = components['schemas']['Step'];
type Waiting = NonNullable<Step['waiting']>;

/** A run as a page of text. */
export function printRun(run: RunDetail): void {
  const beginning = run.causes.filter(({ round }) => round === undefined);
  const resumes = run.causes.filter(({ round }) => round !== undefined);
  printFacts([
    ['run', run.id],
    ['model', `${run.project}/${run.model}${run.variant === null ? '' : ` (${run.variant})`}`],
    ['commit', commitText(run)],
    ['cause', beginning.map(causeText).join(', ')],
    ['automatic', run.automatic ? 'yes: cool-down, budgets and holds are for such runs' : undefined],
    ['started', ago(run.createdAt)],
    ['resumed', run.round === 0 ? undefined : [timesText(run.round), ...resumes.map(byText)].join(', ')],
    ['version', run.version ?? undefined],
  ]);
  const reason = run.reason === null || run.reason === run.status ? '' : `: ${printableLine(run.reason)}`;
  printLine(`${colors.dim('status ')}  ${statusText(run.status)}${reason}`);
  printLine();
  printTable(
    ['step', 'status', 'attempt', 'took', 'what'],
    run.steps.map((step) => [step.name, step.status, step.attempt, duration(step.ms), shortWords(step)]),
    'no step has begun',
  );
  printRefusals(run);
  printCauses(run);
  const sentences = [...waitingSentences(run), ...nextCommands(run)];
  if (sentences.length > 0) printLine();
  for (const sentence of sentences) printLine(printableLine(sentence));
}

/** A run that a push started has the commit itself as its ref. */
function commitText({ commit, ref }: RunDetail): string {
  if (commit === ref || (commit === null && /^[0-9a-f]{40,64}$/.test(ref))) return ref;
  return commit === null ? `${ref}, not resolved yet` : `${commit} (${ref})`;
}

const timesText = (times: number) => (times === 1 ? 'once' : `${times} times`);
const byText = ({ by }: RunDetail['causes'][number]) => `by ${by}`;

function causeText({ kind, by, more = 0 }: RunDetail['causes'][number]): string {
  const words = by === undefined ? kind : `${kind} by ${by}`;
  return more === 0 ? words : `${words} and ${more} more`;
}

function printRefusals({ refusals }: RunDetail): void {
  if (refusals.length === 0) return;
  printLine();
  printTable(
    ['refused', 'rule', 'actual', 'limit'],
    refusals.map((row) => [row.what, row.rule, row.actual, row.limit]),
    'nothing was refused',
  );
}

/** Whole, below the table: what is waited for and what helps must not be cut. */
function waitingSentences(run: RunDetail): string[] {
  return [
    ...run.steps.flatMap(({ name, waiting }) => (waiting ? [`${name} is ${waitingWords(waiting)}`] : [])),
    ...(run.waiting ? [`the run is ${waitingWords(run.waiting)}`] : []),
    ...(run.notice === null ? [] : [run.notice]),
  ];
}

function nextCommands({ id, status, logs, project, model, version }: RunDetail): string[] {
  if (status === 'succeeded' && version !== null) {
    return [`the model card: ratchet model show ${project}/${model}@${version}`];
  }
  if (status !== 'failed' && status !== 'refused') return [];
  return [
    ...logs.map(({ step }) => `the log: ratchet run logs ${id} --step ${step}`),
    `after a fix: ratchet run resume ${id}`,
  ];
}

/** What a step does, waits for, or ended with. */
export function stepWords(step: Step): string {
  return step.waiting ? waitingWords(step.waiting) : shortWords(step);
}

function shortWords({ waiting, reason, progress, nextTryAt }: Step): string {
  if (waiting) return `waiting for ${waiting.for}`;
  const words = [reason ?? progress, nextTryAt === null ? null : `next try ${nextTryAt}`];
  return words.filter((word) => word !== null && word !== '').join(', ');
}

export function waitingWords(waiting: Waiting): string {
  const until = waiting.until === null ? '' : ` until ${waiting.until}`;
  const advice = waiting.advice === null ? '' : `: ${waiting.advice}`;
  return `waiting for ${waiting.for} since ${waiting.since}${until}${advice}`;
}
