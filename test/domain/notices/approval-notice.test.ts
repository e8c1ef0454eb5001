import { describe, expect, it } from 'vitest';
import type { ApprovalStage } from '../../../domain/approvals/approval.js';
import { noticeOfWantedVotes, type WantedVotes } from '../../../domain/notices/approval-notice.js';
import type { ApprovalRecord } from '../../../domain/ports/approvals.js';

const at = '2026-01-02T03:04:05.000Z';
const stage: ApprovalStage = {
  ...{ name: 'review', role: 'reviewer', quorum: 2, veto: true, remindMs: null },
  ...{ expireMs: 86_400_000, escalate: null },
};
const approval: ApprovalRecord = {
  ...{
    id: 'approval/p/m@3/1',
    project: 'p',
    kind: 'promotion',
    subject: 'm@3',
    round: 1,
    digests: { policy: 'a' },
  },
  ...{ stages: [stage, { ...stage, name: 'govern' }], stage: 0, stageOpenedAt: at, openedAt: at },
  ...{ authorSet: { authors: [], strangers: [], machineStarted: false }, requestedBy: 'run/1', exhibits: {} },
  ...{ status: 'open', reason: null, endedAt: null },
};
const wanted = (change: Partial<WantedVotes> = {}): WantedVotes => ({
  ...{ approval, stage, occasion: 'asked', reminded: 0, roles: ['reviewer'], to: ['bob', 'cy'], at },
  ...change,
});

describe('votes that are waited for', () => {
  it('are asked for with what is approved, by whom, until when, and the commands', () => {
    expect(noticeOfWantedVotes(wanted())).toEqual({
      key: 'approval/p/m@3/1:0:asked:0',
      ...{ project: 'p', model: 'm', kind: 'approval.asked', title: 'p: m@3 waits for votes' },
      lines: [
        'to be approved: version 3 of m becomes champion',
        'by: 2 of reviewer, in stage "review", 1 of 2',
        'asked are: bob, cy',
        'until: 2026-01-03T03:04:05.000Z; after that it is over, and nothing of it comes',
        'what it is, and who may vote: ratchet approval show p/m@3',
        'to vote: ratchet approval vote p/m@3 approve --reason <why>',
      ],
      ...{ to: ['bob', 'cy'], commit: null, state: 'pending', runId: null, at },
    });
  });

  it('of a change name its commit, and are of no model', () => {
    const change = { ...approval, kind: 'change', subject: `change@${'c'.repeat(40)}` } as const;
    const notice = noticeOfWantedVotes(wanted({ approval: change }));
    expect(notice.model).toBeNull();
    expect(notice.lines[0]).toBe(
      'to be approved: what commit cccccccccccc says of members, roles, sources or policies comes in force',
    );
    expect(notice.lines).toContain(`what it is, and who may vote: ratchet approval show p/${change.subject}`);
  });

  it('are another notice for every reminder, stage, round and occasion, and the same when told again', () => {
    const notices = [
      wanted(),
      wanted({ occasion: 'reminder', reminded: 1 }),
      wanted({ occasion: 'reminder', reminded: 2 }),
      wanted({ occasion: 'escalation', roles: ['reviewer', 'admin'] }),
      wanted({ approval: { ...approval, stage: 1 } }),
      wanted({ approval: { ...approval, id: 'approval/p/m@3/2' } }),
    ].map(noticeOfWantedVotes);
    expect(new Set(notices.map(({ key }) => key)).size).toBe(notices.length);
    expect(noticeOfWantedVotes(wanted({ at: '2026-01-02T04:00:00.000Z' })).key).toBe(notices[0]?.key);
    expect(notices[3]).toMatchObject({
      title: 'p: m@3 has waited long, and others may vote too',
      lines: expect.arrayContaining(['by: 2 of reviewer or admin, in stage "review", 1 of 2']),
    });
  });

  it('that nobody can give say so', () => {
    expect(noticeOfWantedVotes(wanted({ to: [] })).lines).toContain(
      'nobody is asked: no member of that role is left who may vote',
    );
  });
});
