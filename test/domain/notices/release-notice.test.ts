import { describe, expect, it } from 'vitest';
import { type EndedRelease, noticeOfRelease } from '../../../domain/notices/release-notice.js';
import type { ReleaseRecord } from '../../../domain/ports/releases.js';
import type { StepRecord } from '../../../domain/ports/runs.js';

const id = '019a1b2c-3d4e-7f80-8123-456789abcdef';
const commit = 'abcdef0123456789abcdef0123456789abcdef01';

function release(change: Partial<ReleaseRecord> = {}): ReleaseRecord {
  return {
    ...{ id, project: 'flights', endpoint: 'late', kind: 'deploy', model: 'late-arrival', commit },
    ...{
      status: 'refused',
      reason: 'ANSWERS_DIFFER: row 3; revision r1 answers',
      causes: [],
      modelVersion: 4,
    },
    ...{ round: 0, createdAt: '2026-01-02T03:04:05.000Z', endedAt: '2026-01-02T04:04:05.000Z' },
    ...change,
  };
}

function step(name: string, status: StepRecord['status']): StepRecord {
  const none = { startedAt: null, endedAt: null, ms: null, reason: null, progress: null };
  return { name, status, attempt: 1, inputs: {}, waiting: null, worker: null, ...none };
}

const refusals = [
  { what: 'output label', rule: 'answers', actual: '1 of 64 values differ', limit: 'the same' },
];

function ended(change: Partial<EndedRelease> = {}): EndedRelease {
  const steps = [step('prepare', 'succeeded'), step('test', 'skipped'), step('verify', 'refused')];
  return { release: release(), steps, refusals, owner: 'ann', author: 'ben', ...change };
}

describe('what is told of a release', () => {
  it('that was refused is the step, the reason, what differs, and the commands', () => {
    expect(noticeOfRelease(ended())).toMatchObject({
      key: `release:${id}:0:refused`,
      kind: 'release.refused',
      model: 'late-arrival',
      title: 'flights/late: the deploy of late-arrival@4 was refused in step verify',
      lines: [
        `commit of the serving code: ${commit}`,
        'step: verify',
        'reason: ANSWERS_DIFFER: row 3; revision r1 answers',
        'output label, answers: 1 of 64 values differ; allowed is the same',
        'after a fix: ratchet endpoint release flights/late',
        `all of it: ratchet release show ${id}`,
      ],
      to: ['ann', 'ben'],
      state: 'failure',
      // A commit shows what its runs came to; a release is about an endpoint.
      commit: null,
    });
  });

  it('that is live is how to go back', () => {
    const notice = noticeOfRelease(ended({ release: release({ status: 'succeeded', commit: null }) }));
    expect(notice).toMatchObject({
      kind: 'release.succeeded',
      title: 'flights/late: the deploy of late-arrival@4 is live',
      lines: ['to go back: ratchet endpoint rollback flights/late', `all of it: ratchet release show ${id}`],
      state: 'success',
    });
  });

  it('that failed before its first step says so without one', () => {
    const failed = release({ status: 'failed', reason: 'MODEL_NOT_FOUND: no champion', modelVersion: null });
    expect(noticeOfRelease(ended({ release: failed, steps: [], refusals: [] }))?.title).toBe(
      'flights/late: the deploy of late-arrival failed',
    );
  });

  it.each(['running', 'waiting', 'cancelled'] as const)('that is %s is nothing', (status) => {
    expect(noticeOfRelease(ended({ release: release({ status }) }))).toBeNull();
  });
});
