import { describe, expect, it } from 'vitest';
import { noticeKinds, notificationSchema } from '../../../domain/config/tracking.js';
import { cutLine } from '../../../domain/notices/cut-line.js';
import { noticeOfProposal, noticeOfSuppression } from '../../../domain/notices/line-notices.js';
import {
  noticeOfRef,
  noticeOfRefusedHead,
  noticeOfSource,
  noticeOfTest,
} from '../../../domain/notices/project-notices.js';
import { targetsOf } from '../../../domain/notices/targets-of.js';
import type { TriggerEvent } from '../../../domain/triggers/trigger-event.js';

const at = '2026-01-02T03:04:05.000Z';
const commit = 'abcdef0123456789abcdef0123456789abcdef01';

function push(change: Partial<TriggerEvent> = {}): TriggerEvent {
  const facts = {
    kind: 'push',
    ref: 'refs/heads/main',
    commit,
    before: null,
    author: 'ben',
    subject: 's',
    paths: [],
    files: 1,
  } as const;
  return {
    id: 'e1',
    project: 'p',
    model: 'm',
    kind: 'push',
    key: `push:${commit}`,
    by: 'ben',
    at,
    facts,
    receivedAt: at,
    repeats: 0,
    proposedAt: null,
    outcome: null,
    settledAt: null,
    ...change,
  };
}

describe('a run that is proposed', () => {
  const alarm = push({
    id: 'e2',
    kind: 'monitoring',
    key: 'monitoring:drift',
    by: null,
    facts: { kind: 'monitoring', alarm: 'drift', rule: 'psi', value: 0.3, limit: 0.2, endpoint: null },
  });
  const proposed = {
    project: 'p',
    model: 'm',
    owner: 'ann',
    proposedAt: at,
    startsAt: '2026-01-02T04:00:00.000Z',
  };

  it('is announced with its causes and how to stop it, as pending on the commit', () => {
    expect(noticeOfProposal({ ...proposed, causes: [push(), alarm] })).toMatchObject({
      kind: 'run.proposed',
      title: 'p/m: a run starts at 2026-01-02T04:00:00.000Z, unless somebody stops it',
      lines: [
        `because of push:${commit} by ben of ${at}`,
        `because of monitoring:drift of ${at}`,
        'to stop it: ratchet trigger veto p/m --reason <why>',
        'to stop every one until it is released: ratchet model hold p/m --reason <why>',
      ],
      to: ['ann'],
      commit,
      state: 'pending',
      at,
    });
  });

  it('has no commit where no push asks for it, and is another notice for another first cause', () => {
    const first = noticeOfProposal({ ...proposed, causes: [alarm] });
    expect(first.commit).toBeNull();
    expect(noticeOfProposal({ ...proposed, causes: [push(), alarm] }).key).not.toBe(first.key);
  });
});

describe('an event', () => {
  it('that starts nothing is told with the rule and the reason', () => {
    const outcome = { kind: 'suppressed', rule: 'cool-down', reason: '3 hours are left' } as const;
    expect(noticeOfSuppression(push({ outcome, settledAt: at }), 'ann')).toMatchObject({
      key: 'suppressed:e1',
      kind: 'trigger.suppressed',
      title: 'p/m: push starts nothing, by the rule cool-down',
      lines: [
        'reason: 3 hours are left',
        `event: push:${commit} by ben of ${at}`,
        'all of it: ratchet trigger show e1',
      ],
    });
  });

  it('that is pending or started something is not', () => {
    expect(noticeOfSuppression(push(), 'ann')).toBeNull();
    expect(noticeOfSuppression(push({ outcome: { kind: 'started', runId: 'r' } }), 'ann')).toBeNull();
  });
});

describe('words of a project', () => {
  it('tell of a source once for each time that it is away', () => {
    const lost = {
      project: 'p',
      model: 'm',
      owner: null,
      name: 'rows',
      source: 'dwh',
      since: at,
      reason: 'ECONNREFUSED',
      at,
    };
    const notice = noticeOfSource(lost);
    expect(notice).toMatchObject({
      kind: 'source.unreachable',
      title: 'p/m: the source dwh does not answer',
      to: [],
    });
    expect(notice.lines).toContain('reason: ECONNREFUSED');
    expect(noticeOfSource({ ...lost, at: '2026-02-01T00:00:00.000Z' }).key).toBe(notice.key);
    expect(noticeOfSource({ ...lost, since: '2026-02-01T00:00:00.000Z' }).key).not.toBe(notice.key);
  });

  it('tell the author of a commit that it is not applied', () => {
    const ref = 'refs/heads/main';
    const refused = noticeOfRefusedHead({
      project: 'p',
      ref,
      commit,
      refusal: 'no "models"',
      author: 'ben',
      at,
    });
    expect(refused).toMatchObject({
      kind: 'apply.refused',
      model: null,
      title: 'p: abcdef012345 of refs/heads/main is not applied',
      to: ['ben'],
      commit,
      state: 'failure',
    });
    expect(refused.lines[0]).toBe('reason: no "models"');
  });

  it('tell of a branch that is gone, and of a test', () => {
    expect(noticeOfRef({ project: 'p', ref: 'refs/heads/main', lastCommit: commit, at })).toMatchObject({
      kind: 'ref.gone',
      model: null,
      commit: null,
      title: 'p: the tracked branch refs/heads/main is gone from the repository',
    });
    expect(noticeOfTest({ id: 't1', project: 'p', by: 'ann', at })).toMatchObject({
      key: 'test:t1',
      kind: 'test',
      to: ['ann'],
    });
  });
});

describe('the targets of a notice', () => {
  const url = 'secret://a-url';
  const notifications = {
    ops: notificationSchema.parse({
      kind: 'webhook',
      url,
      secret: 'secret://a-key',
      about: [...noticeKinds],
    }),
    channel: notificationSchema.parse({ kind: 'slack', url }),
    mail: notificationSchema.parse({
      kind: 'mail',
      server: url,
      from: 'r@example.org',
      about: ['run.failed'],
    }),
    status: notificationSchema.parse({ kind: 'commit-status', host: 'github', token: 'secret://a-token' }),
  };
  const of = (kind: (typeof noticeKinds)[number] | 'test', about: string | null = commit) =>
    targetsOf({ kind, commit: about }, notifications);

  it('are those that are to be told of its kind', () => {
    expect(of('run.failed', null)).toEqual(['ops', 'channel', 'mail']);
    expect(of('trigger.suppressed', null)).toEqual(['ops']);
    expect(of('source.unreachable')).toEqual(['ops', 'channel']);
  });

  it('are the commit too, of whatever becomes of a run of one', () => {
    expect(of('run.succeeded')).toEqual(['ops', 'status']);
    expect(of('run.proposed')).toEqual(['ops', 'channel', 'status']);
    expect(of('apply.refused')).toEqual(['ops', 'channel', 'status']);
    expect(of('approval.asked')).toEqual(['ops']);
  });

  it('are all for a test, but for a commit where there is none', () => {
    expect(of('test', null)).toEqual(['ops', 'channel', 'mail']);
  });
});

describe('a line', () => {
  it('is cut where it is too long, and never in the middle of a character', () => {
    expect(cutLine('abcdef', 6)).toBe('abcdef');
    expect(cutLine('abcdefg', 6)).toBe('abcde…');
    expect(cutLine('abcd😀😀', 6)).toBe('abcd…');
  });
});
