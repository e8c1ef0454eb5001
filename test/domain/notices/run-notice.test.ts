import { describe, expect, it } from 'vitest';
import { type EndedRun, noticeOfRun } from '../../../domain/notices/run-notice.js';
import type { Refusal, RunRecord, StepRecord } from '../../../domain/ports/runs.js';

const id = '019a1b2c-3d4e-7f80-8123-456789abcdef';
const commit = 'abcdef0123456789abcdef0123456789abcdef01';

function run(change: Partial<RunRecord> = {}): RunRecord {
  return {
    id,
    project: 'flights',
    model: 'late-arrival',
    ref: 'main',
    variant: null,
    commit,
    status: 'refused',
    reason: 'POLICY_REFUSED: two rules say no',
    causes: [],
    createdAt: '2026-01-02T03:04:05.000Z',
    endedAt: '2026-01-02T04:04:05.000Z',
    round: 0,
    reopenedAt: null,
    automatic: false,
    ...change,
  };
}

function step(name: string, status: StepRecord['status'], attempt = 1): StepRecord {
  const none = {
    startedAt: null,
    endedAt: null,
    ms: null,
    reason: null,
    progress: null,
    waiting: null,
    worker: null,
  };
  return { name, status, attempt, inputs: {}, ...none };
}

const refusals: readonly Refusal[] = [
  {
    what: 'policy of the project',
    rule: 'recall',
    actual: '0.71, 0.04 lacking (n 300)',
    limit: 'recall >= 0.75',
  },
  { what: 'file', rule: 'size', actual: '120', limit: 'at most 100 bytes' },
  { what: 'evaluate', rule: 'LEAKAGE', actual: 'a feature knows the future', limit: 'as the message says' },
];

function ended(change: Partial<EndedRun> = {}): EndedRun {
  const steps = [step('prepare', 'succeeded'), step('train', 'reused'), step('judge', 'refused', 2)];
  return { run: run(), steps, refusals, owner: 'ann', author: 'ben', ...change };
}

describe('what is told of a run', () => {
  it('that was refused is the step, the reason, each distance to pass, and the commands', () => {
    expect(noticeOfRun(ended())).toEqual({
      key: `run:${id}:0:refused`,
      project: 'flights',
      model: 'late-arrival',
      kind: 'run.refused',
      title: 'flights/late-arrival: the run of abcdef012345 was refused in step judge',
      lines: [
        'step: judge, attempt 2',
        'reason: POLICY_REFUSED: two rules say no',
        'policy of the project, recall: 0.71, 0.04 lacking (n 300); allowed is recall >= 0.75',
        'file, size: 120, 20 lacking; allowed is at most 100 bytes',
        'evaluate, LEAKAGE: a feature knows the future; allowed is as the message says',
        `after a fix, from that step on: ratchet run resume ${id}`,
        'or anew: ratchet run start flights/late-arrival --ref main',
        `all of it: ratchet run show ${id}`,
      ],
      to: ['ann', 'ben'],
      commit,
      state: 'failure',
      runId: id,
      at: '2026-01-02T04:04:05.000Z',
    });
  });

  it('that failed names the step that failed, the last where there are several', () => {
    const steps = [step('data', 'failed'), step('train', 'failed'), step('judge', 'skipped')];
    const failed = run({ status: 'failed', reason: 'TRAINING_FAILED: exit 1', variant: 'forest' });
    const notice = noticeOfRun(ended({ run: failed, steps, refusals: [] }));
    expect(notice).toMatchObject({ kind: 'run.failed', state: 'failure' });
    expect(notice?.title).toBe(
      'flights/late-arrival: the run of abcdef012345, variant forest, failed in step train',
    );
    expect(notice?.lines).toContain(
      'or anew: ratchet run start flights/late-arrival --ref main --variant forest',
    );
  });

  it('that failed before it had a commit or a step says so', () => {
    const early = run({ status: 'failed', commit: null, reason: null });
    const notice = noticeOfRun(ended({ run: early, steps: [], refusals: [] }));
    expect(notice?.title).toBe('flights/late-arrival: the run of main failed before its first step');
    expect(notice?.lines[0]).toBe('reason: none was given');
    expect(notice?.commit).toBeNull();
  });

  it('that succeeded is short', () => {
    const notice = noticeOfRun(ended({ run: run({ status: 'succeeded', reason: null }), refusals: [] }));
    expect(notice).toMatchObject({ kind: 'run.succeeded', state: 'success' });
    expect(notice?.lines).toEqual([`all of it: ratchet run show ${id}`]);
  });

  it.each(['running', 'waiting', 'cancelled'] as const)('that is %s is nothing', (status) => {
    expect(noticeOfRun(ended({ run: run({ status }) }))).toBeNull();
  });

  it('goes once to who is owner and author, and to nobody who is not known', () => {
    expect(noticeOfRun(ended({ author: 'ann' }))?.to).toEqual(['ann']);
    expect(noticeOfRun(ended({ owner: null }))?.to).toEqual(['ben']);
    expect(noticeOfRun(ended({ owner: null, author: null }))?.to).toEqual([]);
  });

  it('is told anew after each time it was resumed', () => {
    const keys = [0, 1].map((round) => noticeOfRun(ended({ run: run({ round }) }))?.key);
    expect(new Set(keys).size).toBe(2);
  });

  it('is never longer than a person reads, and keeps what they can do', () => {
    const many = Array.from(
      { length: 100 },
      (_, index) => ({ ...refusals[1], rule: `r${index}` }) as Refusal,
    );
    const long = run({ reason: 'x'.repeat(5000) });
    const notice = noticeOfRun(ended({ run: long, refusals: many }));
    expect(notice?.lines.length).toBe(40);
    expect(Math.max(...(notice?.lines ?? []).map((line) => line.length))).toBe(500);
    expect(notice?.lines.slice(-4)).toEqual([
      'and 66 more',
      `after a fix, from that step on: ratchet run resume ${id}`,
      'or anew: ratchet run start flights/late-arrival --ref main',
      `all of it: ratchet run show ${id}`,
    ]);
  });

  it('has no control characters, and no command that a branch could change', () => {
    const strange = run({ ref: "a;$(rm -rf ~)'`x`\u202e", reason: 'red \u001b[31m\nnext: line' });
    const notice = noticeOfRun(ended({ run: strange, refusals: [] }));
    expect(notice?.lines[1]).toBe('reason: red \\x1b[31m\\x0anext: line');
    expect(notice?.lines[3]).toBe(
      "or anew: ratchet run start flights/late-arrival --ref 'a;$(rm -rf ~)'\\''`x`\\u202e'",
    );
    expect([notice?.title, ...(notice?.lines ?? [])].join('')).not.toMatch(/[\p{Cc}\p{Bidi_Control}]/u);
  });
});
