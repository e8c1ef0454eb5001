import type { Notice } from '../ports/outbox.js';
import type { ReleaseRecord } from '../ports/releases.js';
import type { Refusal, StepRecord } from '../ports/runs.js';
import { commands } from './command-words.js';
import { composeNotice } from './compose-notice.js';
import { refusalLine } from './refusal-line.js';
import { stepLines } from './run-notice.js';

export interface EndedRelease {
  readonly release: ReleaseRecord;
  /** In their order. */
  readonly steps: readonly StepRecord[];
  readonly refusals: readonly Refusal[];
  /** Member who owns the model. */
  readonly owner: string | null;
  /** Account of whoever wrote the commit of the serving code. */
  readonly author: string | null;
}

const endings = {
  succeeded: { kind: 'release.succeeded', words: 'is live' },
  refused: { kind: 'release.refused', words: 'was refused' },
  failed: { kind: 'release.failed', words: 'failed' },
} as const;

/** What owner and author are told of a release that ended; null for one that is open, or that was cancelled. */
export function noticeOfRelease({ release, steps, refusals, owner, author }: EndedRelease): Notice | null {
  const { id, project, endpoint, model, modelVersion, round, status } = release;
  if (status !== 'succeeded' && status !== 'refused' && status !== 'failed') return null;
  const { kind, words } = endings[status];
  const isOver = status === 'succeeded';
  const step = isOver ? undefined : steps.findLast((one) => one.status === status);
  const what = modelVersion === null ? model : `${model}@${modelVersion}`;
  return composeNotice({
    key: `release:${id}:${round}:${status}`,
    project,
    model,
    kind,
    title: `${project}/${endpoint}: the ${release.kind} of ${what} ${words}${step ? ` in step ${step.name}` : ''}`,
    facts: isOver
      ? codeLines(release)
      : [
          ...codeLines(release),
          ...stepLines(step),
          `reason: ${release.reason ?? 'none was given'}`,
          ...refusals.map(refusalLine),
        ],
    commands: [
      isOver
        ? `to go back: ${commands.rollBackEndpoint(project, endpoint)}`
        : `after a fix: ${commands.startRelease(project, endpoint)}`,
      `all of it: ${commands.showRelease(id)}`,
    ],
    to: [owner, author],
    state: isOver ? 'success' : 'failure',
    at: release.endedAt ?? release.createdAt,
  });
}

function codeLines({ commit }: ReleaseRecord): readonly string[] {
  return commit === null ? [] : [`commit of the serving code: ${commit}`];
}
