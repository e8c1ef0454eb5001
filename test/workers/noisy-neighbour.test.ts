import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { policySchema } from '../../domain/config/policy.js';
import type { ApprovalRecord } from '../../domain/ports/approvals.js';
import { until } from '../../scripts/soak/chaos/until.js';
import { tokenOf } from '../gateway/people.js';
import { name, openReleaseRoom, type ReleaseRoom } from './release-room.js';

const patienceMs = 200_000;
const quorum = 6;
/** Of the worker that trains, where nobody sets another number. */
const slots = 2;
/** Those that have no slot wait for one. */
const trainings = 8;
/** Requests to the model server on their way at once. */
const clients = 4;
/** Trains for ever, and uses its core for that. */
const endless = 'print("begun", flush=True)\nwhile True:\n    pass\n';
const policy = policySchema.parse({
  version: 1,
  rules: [{ name: 'measured', require: 'metrics.test.rocAuc.n >= 1' }],
  people: { stages: [{ name: 'review', role: 'reviewer', quorum }] },
});

let room: ReleaseRoom;
const voters: string[] = [];
beforeAll(async () => {
  room = await openReleaseRoom();
  await until('the endpoint answers', patienceMs, room.live);
  const { commit } = await room.stores.projects.get(name.project);
  for (let index = 1; index <= quorum; index += 1)
    voters.push(await tokenOf({ deps: { accounts: room.stores.accounts } }, `reviewer-${index}`));
  const members = voters.map(
    (_, index) => ({ account: `reviewer-${index + 1}`, roles: ['reviewer'], emails: [] }) as const,
  );
  await room.stores.accounts.putMembers(name.project, commit, members);
  await room.stores.policies.putInForce({ project: name.project, model: 'tiny', commit }, policy);
  await room.repository.branch('endless', { 'training/train.py': endless });
}, 300_000);
afterAll(() => room.close());

const train = async (ref?: string): Promise<string> => {
  const wanted = { project: name.project, model: 'tiny', ...(ref && { ref }) };
  return (await room.ask('POST', '/api/v1/runs', wanted)).body.id;
};
const detailsOf = (ids: readonly string[]) =>
  Promise.all(ids.map(async (id) => (await room.ask('GET', `/api/v1/runs/${id}`)).body));
/** Those whose program is on it. */
const atWork = async (ids: readonly string[]) => {
  const steps = await Promise.all(ids.map((id) => room.stores.runs.steps(id)));
  return ids.filter((_, at) =>
    steps[at]?.some(({ name, status }) => name === 'train' && status === 'running'),
  );
};

/** A vote of each reviewer, one after the other. */
async function vote({ id }: ApprovalRecord): Promise<void> {
  const path = `/api/v1/approvals/${id.replace('approval/', '')}/votes`;
  for (const token of voters) {
    const answer = await room.ask('POST', path, { decision: 'approve', reason: 'looked at it' }, token);
    // One that a busy machine does not judge in time is stored, and its voter is told so.
    const { status, error } = answer.body;
    expect(status === 'counted' || typeof error?.details.vote === 'string', JSON.stringify(answer)).toBe(
      true,
    );
  }
}

describe('people who decide while every slot trains and the model server is under load', {
  timeout: 400_000,
}, () => {
  it('are answered, and what follows from it is done, before any of the trainings is over', async () => {
    await train();
    const approval = await until('people are asked', patienceMs, () =>
      room.stores.approvals.latest(name.project, 'tiny@2'),
    );
    const ids = await Promise.all(Array.from({ length: trainings }, () => train('endless')));
    const before = await until('every slot trains', patienceMs, async () => {
      const are = await atWork(ids);
      return are.length === slots ? are : undefined;
    });
    const load = askAllTheWhile();
    await vote(approval);
    await until('the version is champion', patienceMs, async () => {
      const champion = await room.stores.champions.champion(name.project, 'tiny');
      return champion?.version === 2 || undefined;
    });
    const [runs, after] = [await detailsOf(ids), await atWork(ids)];
    const answered = await load.stop();
    expect(runs.filter(({ endedAt }) => endedAt !== null)).toEqual([]);
    expect(after).toEqual(before);
    expect(answered.failures).toEqual([]);
    expect(answered.count).toBeGreaterThan(clients);
    await Promise.all(ids.map((id) => room.ask('POST', `/api/v1/runs/${id}/cancel`)));
    for (const id of ids) await room.shown(id, ({ endedAt }) => endedAt !== null);
  });
});

/** Several clients that ask the model server without a pause. */
function askAllTheWhile() {
  const failures: string[] = [];
  let count = 0;
  let isOver = false;
  const client = async () => {
    while (!isOver) {
      await room.predict().catch((error: unknown) => failures.push(String(error)));
      count += 1;
      await sleep(0);
    }
  };
  const asking = Promise.all(Array.from({ length: clients }, client));
  return {
    async stop() {
      isOver = true;
      await asking;
      return { count, failures };
    },
  };
}
