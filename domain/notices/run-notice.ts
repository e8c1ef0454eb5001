import type { Notice } from '../ports/outbox.js';
import type { Refusal, RunRecord, StepRecord } from '../ports/runs.js';
import { commands } from './command-words.js';
import { composeNotice } from './compose-notice.js';
import { refusalLine } from './refusal-line.js';

export interface EndedRun {
  readonly run: RunRecord;
  /** In their order. */
  readonly steps: readonly StepRecord[];
  readonly refusals: readonly Refusal[];
  /** Member who owns the model. */
  readonly owner: string | null;
  /** Account of whoever wrote the commit. */
  readonly author: string | null;
}

const endings = {
  succeeded: { kind: 'run.succeeded', state: 'success', words: 'succeeded' },
  refused: { kind: 'run.refused', state: 'failure', words: 'was refused' },
  failed: { kind: 'run.failed', state: 'failure', words: 'failed' },
} as const;

/** What owner and author are told of a run that ended; null for one that is open, or that a person cancelled. */
export function noticeOfRun({ run, steps, refusals, owner, author }: EndedRun): Notice | null {
  const { id, project, model, commit, round, status } = run;
  if (status !== 'succeeded' && status !== 'refused' && status !== 'failed') return null;
  const { kind, state, words } = endings[status];
  const step = steps.findLast((one) => one.status === status);
  const isOver = status === 'succeeded';
  const place = isOver ? '' : step === undefined ? ' before its first step' : ` in step ${step.name}`;
  const at = commit === null ? run.ref : commit.slice(0, 12);
  const what = run.variant === null ? at : `${at}, variant ${run.variant},`;
  return composeNotice({
    key: `run:${id}:${round}:${status}`,
    project,
    model,
    kind,
    title: `${project}/${model}: the run of ${what} ${words}${place}`,
    facts: isOver
      ? []
      : [...stepLines(step), `reason: ${run.reason ?? 'none was given'}`, ...refusals.map(refusalLine)],
    commands: isOver ? [showLine(id)] : [...repeatLines(run), showLine(id)],
    to: [owner, author],
    commit,
    state,
    runId: id,
    at: run.endedAt ?? run.createdAt,
  });
}

const showLine = (id: string) => `all of it: ${commands.showRun(id)}`;

/** The step that ended it, in a line. */
export function stepLines(step: StepRecord | undefined): readonly string[] {
  if (step === undefined) return [];
  return [`step: ${step.name}${step.attempt > 1 ? `, attempt ${step.attempt}` : ''}`];
}

function repeatLines(run: RunRecord): readonly string[] {
  return [
    `after a fix, from that step on: ${commands.resumeRun(run.id)}`,
    `or anew: ${commands.startRun(run)}`,
  ];
}
