import type { components } from './generated/api.js';
import { ago, printFacts } from './print.js';
import { printCauses } from './run-causes-print.js';
import { printSentences, printSteps, shortWords, waitingWords } from './steps-print.js';

export { printComparison } from './run-compare-print.js';

type RunDetail = components['schemas']['RunDetail'];

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
  printSteps(run, 'status ', shortWords);
  printCauses(run);
  printSentences([...waitingSentences(run), ...nextCommands(run)]);
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
