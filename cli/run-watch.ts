import { printableLine } from '../domain/printable.js';
import { answered } from './answered.js';
import { type FollowedLine, followToEnd } from './follow-to-end.js';
import type { components } from './generated/api.js';
import type { ApiClient } from './open-client.js';
import { duration, printJson, printLine, statusText } from './print.js';
import { runFailure } from './run-failure.js';
import { printRun } from './run-print.js';
import { stepWords, waitingWords } from './steps-print.js';

type RunDetail = components['schemas']['RunDetail'];
type Step = components['schemas']['Step'];

/** Follows a run to its end: a line whenever something about it changes. An end that is no success is an error. */
export async function watchRun(client: ApiClient, id: string, json: boolean): Promise<void> {
  const run = await followRun(client, id, (line) => {
    if (!json) printLine(line);
  });
  if (json) printJson(run);
  else {
    printLine();
    printRun(run);
  }
  const failure = runFailure(run);
  if (failure) throw failure;
}

/** Calls `tell` with a line for every change, until the run has ended. */
export function followRun(client: ApiClient, id: string, tell: (line: string) => void): Promise<RunDetail> {
  const ask = () => answered(client.GET('/api/v1/runs/{id}', { params: { path: { id } } }));
  return followToEnd(ask, linesOf, tell);
}

function linesOf(run: RunDetail): readonly FollowedLine[] {
  return [
    ...run.steps
      .filter((step) => !isOfEarlierRound(run, step))
      .map((step) => [step.name, stepLine(step)] as const),
    ...(run.waiting ? [['run', `run       ${waitingWords(run.waiting)}`] as const] : []),
    ...(run.notice === null ? [] : [['notice', printableLine(run.notice)] as const]),
  ];
}

/** A run that was resumed still has the steps of before, until they begin again. */
function isOfEarlierRound({ reopenedAt }: RunDetail, { startedAt }: Step): boolean {
  return reopenedAt !== null && startedAt !== null && startedAt < reopenedAt;
}

export function stepLine(step: Step): string {
  const attempt = step.attempt > 1 ? ` (attempt ${step.attempt})` : '';
  const took = step.ms === null ? '' : ` in ${duration(step.ms)}`;
  const words = printableLine(stepWords(step));
  return `${step.name.padEnd(9)} ${statusText(step.status)}${attempt}${took}${words === '' ? '' : `  ${words}`}`;
}
