import { setTimeout as sleep } from 'node:timers/promises';
import postgres from 'postgres';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { moveChampion } from '../../activities/approvals/move-champion.js';
import { signAttestation } from '../../activities/approvals/sign-attestation.js';
import { policyStages } from '../../domain/approvals/policy-stages.js';
import { policySchema } from '../../domain/config/policy.js';
import { workflowIds } from '../../domain/names.js';
import type { ApprovalRecord } from '../../domain/ports/approvals.js';
import type { ModelVersionRecord } from '../../domain/ports/models.js';
import { voteSignal } from '../../workflows/messages/approvals.js';
import { policyOf } from '../conformance/promotion-world.js';
import { declared, declaringCommit } from '../conformance/serving-subject.js';
import { type GatewayRoom, openGatewayRoom } from './gateway-room.js';
import { membersOf } from './people.js';
import { openPromotingRoom, type PromotingRoom } from './promoting-room.js';

let room: GatewayRoom;
let promoting: PromotingRoom;
let project: string;
let tokens: Record<'anna' | 'lisa' | 'omar' | 'rita', string>;
beforeAll(async () => {
  room = await openGatewayRoom();
  promoting = await openPromotingRoom(room);
  ({ project } = promoting);
  tokens = await membersOf(room, project, {
    anna: ['ml-engineer', 'reviewer'],
    lisa: ['reviewer'],
    omar: ['reviewer'],
    rita: ['reviewer'],
  });
});
afterAll(async () => {
  await promoting.close();
  await room.close();
});
beforeEach(() => promoting.setMeanwhile(async () => undefined));

const model = (path: string) => `/api/v1/models/${project}/delay${path}`;
const champion = async () => (await promoting.deps.champions.champion(project, 'delay'))?.version;

/** The newest round of a version, once it is asked. */
async function asked({ version }: ModelVersionRecord, round = 1): Promise<ApprovalRecord> {
  for (let times = 0; times < 200; times += 1) {
    const found = await promoting.deps.approvals.latest(project, `delay@${version}`);
    if (found?.round === round && found.status === 'open') return found;
    await sleep(50);
  }
  throw new Error('nobody was asked');
}

async function vote(
  { subject, round }: ApprovalRecord,
  token: string,
  deliver: 'update' | 'none' = 'update',
) {
  const path = `/api/v1/approvals/${project}/${subject}/${round}/votes`;
  const body = { decision: 'approve', reason: 'looked at it', deliver };
  return (await room.ask('post', path, { token, body })).body;
}

/** A vote that nothing speaks against; what speaks against it is in the failure. */
async function heard(...given: Parameters<typeof vote>) {
  const answer = await vote(...given);
  expect(answer.error).toBeUndefined();
  return answer;
}

/** Lisa votes by HTTP and omar by a raw signal. */
async function bothVote(approval: ApprovalRecord): Promise<void> {
  expect(await heard(approval, tokens.lisa)).toMatchObject({ status: 'counted', outcome: 'open' });
  const stored = await heard(approval, tokens.omar, 'none');
  await room.deps.client.workflow.getHandle(approval.id).signal(voteSignal, stored.vote);
}

async function promoted(): Promise<ModelVersionRecord> {
  const version = await promoting.candidate();
  const [result] = await Promise.all([promoting.promote(version), asked(version).then(bothVote)]);
  expect(result).toMatchObject({ status: 'promoted' });
  return version;
}

/** The policy of the room, with a rule of that name beside. */
const withRule = (name: string) =>
  policySchema.parse({ ...policyOf('two'), rules: [{ name, require: 'metrics.test.recall.n >= 1' }] });

const refusals = async ({ version }: ModelVersionRecord) => {
  const rows = await promoting.deps.audit.list({ project, action: 'promotion.refused' });
  return rows.filter(({ subject }) => subject === `delay@${version}`).map(({ details }) => details);
};

describe('a version that two people approved', () => {
  it('becomes champion by an update and a signal, with an attestation, and is told of', async () => {
    const version = await promoted();
    expect(await champion()).toBe(version.version);
    const { body } = await room.ask('get', model('/live'), { token: tokens.lisa });
    expect(body.live).toMatchObject({
      approval: `approval/${project}/delay@${version.version}/1`,
      approvedBy: [
        { approver: 'lisa', onBehalfOf: null },
        { approver: 'omar', onBehalfOf: null },
      ],
      by: `run/${version.runId}`,
      until: null,
    });
    const subject = `delay@${version.version}`;
    const [attested] = await promoting.deps.audit.list({ project, action: 'model.attested' });
    expect(attested).toMatchObject({ subject });
  });

  it('is refused where one byte of its file was swapped, whatever the worker remembers, and let in once it is back', async () => {
    const before = await champion();
    const version = await promoting.candidate();
    const bytes = Buffer.from(await promoting.deps.blobs.getBytes(version.file));
    const swapped = Buffer.from(bytes);
    swapped[0] = (swapped[0] ?? 0) ^ 1;
    promoting.setMeanwhile(() => promoting.overwrite(version, swapped));
    const [result] = await Promise.all([promoting.promote(version), asked(version).then(bothVote)]);
    const reason = expect.stringMatching(/its file is not the one that was judged: s3:/);
    expect(result).toMatchObject({ status: 'refused', reason });
    expect(await champion()).toBe(before);
    expect(await refusals(version)).toEqual([reason]);
    promoting.setMeanwhile(() => promoting.overwrite(version, bytes));
    expect(await promoting.promote(version)).toMatchObject({ status: 'promoted' });
    expect(await champion()).toBe(version.version);
  });

  it('is refused where its row names another file, though that one is there', async () => {
    const before = await champion();
    const version = await promoting.candidate();
    promoting.setMeanwhile(async () => {
      const other = await promoting.deps.blobs.putBytes(Buffer.from(`another than ${version.version}`));
      const sql = postgres(room.beneath.database.adminUrl, { max: 1, onnotice: () => undefined });
      // Past every constraint, as whoever owns the server could.
      await sql.begin(async (tx) => {
        await tx`set local session_replication_role = replica`;
        const where = tx`project = ${project} and version = ${version.version}`;
        await tx`update model_versions set model_digest = ${other.sha256}, file = ${tx.json({ ...other })} where ${where}`;
      });
      await sql.end();
    });
    const [result] = await Promise.all([promoting.promote(version), asked(version).then(bothVote)]);
    const reason = expect.stringContaining('the policy judged another model');
    expect(result).toMatchObject({ status: 'refused', reason });
    expect(await champion()).toBe(before);
    expect(await refusals(version)).toEqual([reason]);
  });

  it('is refused where its policy was edited after the last vote, and asked anew once it is judged by it', async () => {
    const before = await champion();
    const version = await promoting.candidate();
    const edit = async (policy: string) => {
      const at = { project, model: 'delay', commit: await promoting.commit('anna') };
      await promoting.deps.policies.putInForce(at, withRule(policy));
    };
    promoting.setMeanwhile(() => edit('lax'));
    const [result] = await Promise.all([promoting.promote(version), asked(version).then(bothVote)]);
    expect(result).toMatchObject({
      status: 'refused',
      reason: expect.stringMatching(/verdict is of policy .* is in force/),
    });
    expect(await refusals(version)).toHaveLength(1);
    expect(await promoting.promote(version)).toMatchObject({
      status: 'refused',
      reason: expect.stringContaining('its verdict is about another policy'),
    });
    expect(await champion()).toBe(before);
    promoting.setMeanwhile(async () => undefined);
    await promoting.judge(version);
    const again = promoting.promote(version);
    const second = await asked(version, 2);
    expect(await vote(second, tokens.anna)).toMatchObject({
      error: { message: expect.stringContaining('anna made what is to be approved') },
    });
    await bothVote(second);
    expect(await again).toMatchObject({ status: 'promoted' });
  });

  it('is void where its policy was edited between the votes', async () => {
    const version = await promoting.candidate();
    const result = promoting.promote(version);
    const approval = await asked(version);
    await heard(approval, tokens.lisa);
    const at = { project, model: 'delay', commit: await promoting.commit('anna') };
    await promoting.deps.policies.putInForce(at, withRule('stricter'));
    expect(await heard(approval, tokens.omar)).toMatchObject({ status: 'refused', outcome: 'void' });
    expect(await result).toMatchObject({
      status: 'refused',
      reason: expect.stringContaining('another policy'),
    });
    expect(await champion()).not.toBe(version.version);
  });
});

describe('a worker that lies about having verified', () => {
  it('lets no author in whom the author set leaves out: the repository is read again', async () => {
    await promoting.commit('omar');
    const version = await promoting.candidate();
    const { deps } = promoting;
    const digests = (await deps.policies.verdict(project, 'delay', version.version))?.digests;
    if (digests === undefined) throw new Error('it was judged');
    const approval = await deps.approvals.open({
      ...{ project, kind: 'promotion', subject: `delay@${version.version}`, round: 1, digests },
      stages: policyStages(policyOf('two').people?.stages ?? []),
      authorSet: {
        authors: [{ account: 'anna', why: ['started the run'] }],
        strangers: [],
        machineStarted: false,
      },
      requestedBy: 'run/1',
    });
    for (const token of [tokens.lisa, tokens.omar]) {
      const { vote: id } = await vote(approval, token, 'none');
      await deps.approvals.settleVote(id, { status: 'counted', refusal: null, stage: 0, channel: 'update' });
    }
    await deps.approvals.end(approval.id, 'approved', 'so it says');
    const at = { project, model: 'delay', version: version.version, approval: approval.id };
    const attestation = await signAttestation(deps, at);
    const why = /omar made what is to be approved and may not vote on it: wrote [0-9a-f]{12}/;
    await expect(moveChampion(deps, { ...at, attestation, actor: 'liar' })).rejects.toMatchObject({
      code: 'PROMOTION_REFUSED',
      message: expect.stringMatching(why),
    });
    expect(await refusals(version)).toEqual([expect.stringMatching(why)]);
    // The story itself does not take such an approval for an answer either: it asks again, and omar may not vote.
    const result = promoting.promote(version);
    const second = await asked(version, 2);
    expect(await vote(second, tokens.omar)).toMatchObject({ error: { message: expect.stringMatching(why) } });
    await heard(second, tokens.lisa);
    await heard(second, tokens.rita);
    expect(await result).toMatchObject({ status: 'promoted' });
  });
});

describe('what is live', () => {
  it('is taken back in one step, audited, and once; neither it nor the one before can be retired', async () => {
    const [older, newer] = [await promoted(), await promoted()];
    const retire = async (version: ModelVersionRecord) =>
      (
        await room.ask('post', model(`/${version.version}/retire`), {
          token: tokens.anna,
          body: { reason: 'old' },
        })
      ).body;
    for (const version of [older, newer]) expect((await retire(version)).error.code).toBe('CONFLICT');
    const rollBack = () =>
      room.ask('post', model('/rollback'), { token: tokens.anna, body: { reason: 'too slow' } });
    expect((await rollBack()).body).toMatchObject({
      ...{ version: older.version, from: 'previous', to: 'champion', actor: 'anna', reason: 'too slow' },
      approval: `approval/${project}/delay@${older.version}/1`,
    });
    expect(await champion()).toBe(older.version);
    const [told] = await promoting.deps.audit.list({ project, action: 'model.rolled-back' });
    expect(told).toMatchObject({ actor: 'anna', subject: `delay@${older.version}` });
    const again = await rollBack();
    expect([again.status, again.body.error.code]).toEqual([409, 'PROMOTION_REFUSED']);
    expect((await retire(older)).error.message).toContain(
      'is champion, from where it does not become retired',
    );
    expect(await retire(newer)).toMatchObject({ from: 'archived', to: 'retired' });
  });

  it('is released at the endpoints that follow the model, whichever way it became so', async () => {
    const { client, endpoints, releases } = room.deps;
    const older = await promoted();
    await endpoints.declare(
      project,
      declaringCommit,
      [declared('web'), declared('else', {}, 'other')],
      'ann',
    );
    const newer = await promoted();
    const body = { reason: 'too slow' };
    expect((await room.ask('post', model('/rollback'), { token: tokens.anna, body })).status).toBe(200);
    const opened = await releases.list({ project });
    const causes = opened.map(({ endpoint, causes: [cause] }) => [endpoint, cause?.by, cause?.facts]);
    expect(causes).toEqual([
      ['web', 'anna', { kind: 'promotion', version: older.version }],
      ['web', expect.any(String), { kind: 'promotion', version: newer.version }],
    ]);
    for (const { id } of opened) {
      const handle = client.workflow.getHandle(workflowIds.releaseServing(project, 'web', id));
      expect((await handle.describe()).type).toBe('releaseServing');
      await handle.terminate();
    }
    await endpoints.declare(project, declaringCommit, [], 'ann');
  });
});
