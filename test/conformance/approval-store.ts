import { beforeEach, expect, it } from 'vitest';
import type { ApprovalRequest, ApprovalStage } from '../../domain/approvals/approval.js';
import { approvalId } from '../../domain/approvals/approval.js';
import type { ApprovalStore } from '../../domain/ports/approvals.js';
import { payloadTypes } from '../../domain/signing/envelope.js';
import { digestOf } from './dataset-manifest.js';
import { codeOf } from './error-code.js';

/** A store, and a known project without approvals. */
interface ApprovalStoreSubject {
  readonly approvals: ApprovalStore;
  readonly project: string;
}

export function stageNamed(name: string, change: Partial<ApprovalStage> = {}): ApprovalStage {
  const rest = { veto: true, expireMs: 86_400_000, remindMs: null, escalate: null } as const;
  return { name, role: 'reviewer', quorum: 1, ...rest, ...change };
}

export function approvalStoreConformance(make: () => Promise<ApprovalStoreSubject>): void {
  let approvals: ApprovalStore;
  let project: string;
  beforeEach(async () => {
    ({ approvals, project } = await make());
  });
  const request = (subject: string, round = 1): ApprovalRequest => ({
    project,
    kind: 'promotion',
    subject,
    round,
    digests: { model: digestOf('e'), policy: digestOf('a') },
    stages: [stageNamed('first'), stageNamed('second')],
    authorSet: { authors: [{ account: 'ann', why: ['wrote it'] }], strangers: [], machineStarted: true },
    requestedBy: 'run/1',
  });
  const open = (subject = 'delay@1', round = 1) => approvals.open(request(subject, round));
  const envelope = { payloadType: payloadTypes.vote, payload: 'e30=', signatures: [] };
  const vote = (approval: string, approver: string, id = `${approver}-on-${approval}`) => {
    const rest = { onBehalfOf: null, decision: 'approve', reason: 'looked at it', envelope } as const;
    return approvals.putVote({ id, approval, approver, ...rest });
  };
  const counted = { status: 'counted', refusal: null, stage: 0, channel: 'update' } as const;
  const refused = { status: 'refused', refusal: 'no reviewer', stage: null, channel: 'signal' } as const;

  it('keeps what reviewers are shown', async () => {
    const exhibits = { code: { uri: `s3://b/blobs/${digestOf('1')}`, sha256: digestOf('1'), bytes: 3 } };
    const { id } = await approvals.open({ ...request('delay@1'), exhibits });
    expect(await approvals.get(id)).toMatchObject({ exhibits });
  });

  it('opens an approval once, and refuses another about other digests under its id', async () => {
    const opened = await open();
    expect(opened).toEqual({
      ...request('delay@1'),
      id: `approval/${project}/delay@1/1`,
      status: 'open',
      reason: null,
      stage: 0,
      stageOpenedAt: opened.openedAt,
      openedAt: expect.any(String),
      endedAt: null,
      exhibits: {},
    });
    expect(await open()).toEqual(opened);
    expect(await approvals.get(opened.id)).toEqual(opened);
    const other = { ...request('delay@1'), digests: { model: digestOf('f'), policy: digestOf('a') } };
    expect(await codeOf(approvals.open(other))).toBe('CONFLICT');
    expect(await codeOf(approvals.open({ ...request('delay@1'), project: 'nowhere' }))).toBe(
      'PROJECT_NOT_FOUND',
    );
    expect(await codeOf(approvals.get('approval/none'))).toBe('APPROVAL_NOT_FOUND');
  });

  it('finds the newest round of a subject', async () => {
    for (const round of [1, 2, 10]) await open('delay@1', round);
    expect(await approvals.latest(project, 'delay@1')).toMatchObject({ round: 10 });
    expect(await approvals.latest(project, 'delay@2')).toBeUndefined();
  });

  it('lists newest first, page by page, of what is asked for', async () => {
    const ids: string[] = [];
    for (let version = 1; version <= 5; version += 1) ids.push((await open(`delay@${version}`)).id);
    await approvals.end(ids[2] ?? '', 'rejected', 'no');
    const first = await approvals.list({ project, limit: 3 });
    const second = await approvals.list({ project, limit: 3, after: first.next ?? '' });
    const listed = [...first.approvals, ...second.approvals].map(({ id }) => id);
    expect(listed.sort()).toEqual(ids.sort());
    expect([first.approvals.length, second.approvals.length, second.next]).toEqual([3, 2, null]);
    const open4 = await approvals.list({ project, status: 'open', kind: 'promotion' });
    expect(open4.approvals).toHaveLength(4);
    expect((await approvals.list({ project, kind: 'change' })).approvals).toEqual([]);
    for (const projects of [[], ['elsewhere']]) {
      expect((await approvals.list({ project, projects })).approvals).toEqual([]);
    }
    const own = await approvals.list({ projects: ['elsewhere', project] });
    expect(own.approvals.length).toBe(listed.length);
    expect(await codeOf(approvals.list({ limit: 0 }))).toBe('REQUEST_INVALID');
    expect(await codeOf(approvals.list({ after: 'x' }))).toBe('REQUEST_INVALID');
  });

  it('enters its stages one after the other, and again without harm', async () => {
    const { id } = await open();
    expect(await codeOf(approvals.enterStage(id, 2))).toBe('CONFLICT');
    expect(await approvals.enterStage(id, 1)).toMatchObject({ stage: 1 });
    const last = await approvals.enterStage(id, 2);
    expect(last.stageOpenedAt >= last.openedAt).toBe(true);
    expect(await approvals.enterStage(id, 1)).toEqual(last);
    expect(await codeOf(approvals.enterStage(id, 3))).toBe('CONFLICT');
    expect(await codeOf(approvals.enterStage('none', 1))).toBe('APPROVAL_NOT_FOUND');
  });

  it('keeps its end', async () => {
    const { id } = await open();
    const ended = await approvals.end(id, 'approved', 'two said yes');
    expect(ended).toMatchObject({ status: 'approved', reason: 'two said yes', endedAt: expect.any(String) });
    expect(await approvals.end(id, 'void', 'late')).toEqual(ended);
    expect(await codeOf(approvals.enterStage(id, 1))).toBe('CONFLICT');
    expect(await codeOf(approvals.end('none', 'void', ''))).toBe('APPROVAL_NOT_FOUND');
  });

  it('takes one vote of an approver, also of twenty at once', async () => {
    const { id } = await open();
    const votes = await Promise.allSettled(
      Array.from({ length: 20 }, (_, turn) => vote(id, 'bob', `${id}-${turn}`)),
    );
    expect(votes.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
    expect(await codeOf(vote(id, 'bob'))).toBe('VOTE_REFUSED');
    expect(await approvals.votes(id)).toHaveLength(1);
    await Promise.all(['cy', 'dee', 'eve'].map((approver) => vote(id, approver)));
    expect((await approvals.pendingVotes(id, 10)).map(({ approver }) => approver).sort()).toEqual(
      ['bob', 'cy', 'dee', 'eve'].sort(),
    );
    expect(await approvals.pendingVotes(id, 2)).toHaveLength(2);
  });

  it('gives a vote that is sent again as it was stored', async () => {
    const { id } = await open();
    const stored = await vote(id, 'bob');
    expect(stored).toMatchObject({ status: 'pending', refusal: null, stage: null, channel: null, envelope });
    expect(await vote(id, 'bob')).toEqual(stored);
    expect(await approvals.vote(stored.id)).toEqual(stored);
    expect(await approvals.vote('none')).toBeUndefined();
    expect(await codeOf(vote(id, 'cy', stored.id))).toBe('VOTE_REFUSED');
  });

  it('takes another vote after one that was refused', async () => {
    const { id } = await open();
    const first = await vote(id, 'bob');
    expect(await approvals.settleVote(first.id, refused)).toMatchObject(refused);
    expect(await vote(id, 'bob', `${first.id}-again`)).toMatchObject({ status: 'pending' });
  });

  it('settles a vote once', async () => {
    const { id } = await open();
    const first = await vote(id, 'bob');
    const settled = await approvals.settleVote(first.id, counted);
    expect(settled).toEqual({ ...first, ...counted });
    expect(await approvals.settleVote(first.id, refused)).toEqual(settled);
    expect(await approvals.pendingVotes(id, 10)).toEqual([]);
    expect(await codeOf(approvals.settleVote('none', counted))).toBe('NOT_FOUND');
  });

  it('takes no vote on what is over, is not there, or is too large', async () => {
    const { id } = await open();
    const large = { ...envelope, payload: 'A'.repeat(8 * 1024) };
    const rest = { approver: 'bob', onBehalfOf: null, decision: 'reject', reason: '' } as const;
    const put = approvals.putVote({ id: `${id}-large`, approval: id, envelope: large, ...rest });
    expect(await codeOf(put)).toBe('VOTE_REFUSED');
    await approvals.end(id, 'withdrawn', 'changed my mind');
    expect(await codeOf(vote(id, 'bob'))).toBe('VOTE_REFUSED');
    expect(await codeOf(vote(approvalId(request('delay@9')), 'bob'))).toBe('APPROVAL_NOT_FOUND');
    expect(await approvals.votes(id)).toEqual([]);
  });

  it('lets five votes of a person wait and no more, also of many at once', async () => {
    const ids = await Promise.all([1, 2, 3, 4, 5, 6, 7].map(async (n) => (await open(`delay@${n}`)).id));
    const approver = `flood-of-${project}`;
    const votes = await Promise.allSettled(ids.map((id) => vote(id, approver)));
    expect(votes.filter(({ status }) => status === 'fulfilled')).toHaveLength(5);
    const [first] = votes.flatMap((put) => (put.status === 'fulfilled' ? [put.value] : []));
    await approvals.settleVote(first?.id ?? '', counted);
    const left = ids[votes.findIndex(({ status }) => status === 'rejected')] ?? '';
    expect(await vote(left, approver)).toMatchObject({ status: 'pending' });
  });

  it('keeps a delegation until it is ended, once', async () => {
    const until = new Date(Date.now() + 3_600_000).toISOString();
    const given = { id: `d-${project}`, project, from: 'ann', to: 'bob', role: 'reviewer', until } as const;
    const made = await approvals.delegate(given);
    expect(made).toEqual({ ...given, createdAt: expect.any(String), endedAt: null });
    expect(await approvals.delegate({ ...given, to: 'cy' })).toEqual(made);
    expect(await approvals.delegations(project)).toEqual([made]);
    await approvals.endDelegation(made.id);
    const [ended] = await approvals.delegations(project);
    expect(ended?.endedAt).toEqual(expect.any(String));
    await approvals.endDelegation(made.id);
    expect(await approvals.delegations(project)).toEqual([ended]);
    const own = approvals.delegate({ ...given, id: `own-${project}`, to: 'ann' });
    expect(await codeOf(own)).toBe('REQUEST_INVALID');
    expect(await codeOf(approvals.delegate({ ...given, id: 'x', project: 'nowhere' }))).toBe(
      'PROJECT_NOT_FOUND',
    );
  });
}
