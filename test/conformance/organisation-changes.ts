import { afterEach, beforeEach, expect, it } from 'vitest';
import { versionDigests } from '../../activities/approvals/digests-in-force.js';
import { settleVotes } from '../../activities/approvals/settle-votes.js';
import { stageNamed } from './approval-store.js';
import { ChangesRoom, type ChangesStores, type Edit, memberNamed, team } from './changes-room.js';

const changes = { role: 'reviewer', quorum: 1 };
const house = { organisation: true, models: [], members: team, changes };
const ofAll = (description: 'strict' | 'lax') => {
  const leastIsolation = description === 'strict' ? 'uid' : 'none';
  return { 'policy.yaml': { version: 1, description, leastIsolation } };
};
const strict: Edit = { file: house, others: ofAll('strict') };

/** What the project of the organisation goes through beside another project, on the stores that are given. */
export function organisationChangesConformance(make: () => Promise<ChangesStores>): void {
  /** Of the organisation once it is applied, and another that ann is a member of. */
  let room: ChangesRoom;
  let other: ChangesRoom;
  beforeEach(async () => {
    const stores = await make();
    other = await ChangesRoom.open(stores);
    room = await ChangesRoom.open({ ...stores, project: `${stores.project}-house` });
    await other.apply(other.commit('ann', { file: { members: [memberNamed('ann', 'admin')] } }), 'ada');
  });
  afterEach(async () => {
    const { projects } = room.deps;
    const found = await projects.organisation();
    if (found === undefined) return;
    const config = { ...found.config, organisation: false };
    await projects.put(
      { ...found, config },
      { members: [], policies: {}, approval: null, after: found.commit },
    );
  });

  const inForce = async () => (await room.deps.policies.inForce(null, null))?.policy.description ?? null;
  const add = () => room.apply(room.commit('ann', strict), 'ada');
  /** People are asked about a version of the other project. */
  async function openPromotion(): Promise<string> {
    const stages = [stageNamed('review')];
    const authorSet = { authors: [], strangers: [], machineStarted: false };
    const asked = { project: other.project, kind: 'promotion', subject: 'late@1', round: 1 } as const;
    const digests = await versionDigests(room.deps, { project: other.project, model: 'late', version: 1 });
    const request = { ...asked, digests, stages, authorSet, requestedBy: 'run/1' };
    return (await room.deps.approvals.open(request)).id;
  }
  /** Other tests may have left approvals of their projects on the same platform. */
  const ofOther = (wakes: readonly string[]) =>
    wakes.filter((id) => id.startsWith(`approval/${other.project}/`)).toSorted();
  const look = (approval: string) => settleVotes(room.deps, { approval, updates: [], signals: [] });

  it('is added by an administrator, and its policy holds for every project from then on', async () => {
    const commit = room.commit('ann', strict);
    expect(await room.apply(commit, 'ada')).toMatchObject({
      project: room.project,
      models: [],
      change: null,
    });
    expect(await room.deps.policies.inForce(null, null)).toMatchObject({
      commit,
      model: null,
      project: null,
    });
    const { digest } = await room.deps.mergedPolicy(other.project, 'late');
    const [listed] = await room.deps.policies.listInForce(other.project);
    expect(listed?.policy.description).toBe('strict');
    await room.deps.policies.putInForce({ project: null, model: null, commit }, null);
    expect((await room.deps.mergedPolicy(other.project, 'late')).digest).not.toBe(digest);
  });

  it('is turned on by nobody else: not by a member, a program, or a token for one project', async () => {
    const before = await other.inForce();
    const commit = other.commit('ann', strict);
    const { project: onlyProject } = other;
    const nobodies = [['ann'], [null], ['ada', { onlyProject }]] as const;
    for (const [by, narrowed] of nobodies) {
      await expect(other.apply(commit, by, narrowed)).rejects.toMatchObject({
        code: 'FORBIDDEN',
        message: `"organisation" of project "${onlyProject}" is turned on by an administrator alone: its policy holds for every project`,
      });
    }
    expect(await inForce()).toBeNull();
    expect(await other.inForce()).toEqual(before);
    await other.apply(commit, 'ada');
    expect(await inForce()).toBe('strict');
  });

  it('is one: a second is refused with the name of the first, before anybody is asked', async () => {
    await other.apply(other.commit('ann', { file: { members: team, changes } }), 'ann');
    await add();
    const second = other.apply(other.commit('ann', { file: house, others: ofAll('lax') }), 'ada');
    await expect(second).rejects.toMatchObject({
      code: 'CONFLICT',
      message: expect.stringContaining(`project "${room.project}" is the organisation's`),
    });
    expect(await inForce()).toBe('strict');
    const { approvals } = await room.deps.approvals.list({ project: other.project });
    expect(approvals).toEqual([]);
  });

  it('asks its own people about its policy, and then makes approvals of other projects void', async () => {
    await add();
    const promotion = await openPromotion();
    const approval = await room.asked('bob', { others: ofAll('lax') }, 'bob');
    const [asked] = await room.deps.audit.list({ project: room.project, action: 'change.asked' });
    expect(asked?.details).toContain('policy of the organisation changed');
    expect(await room.vote(approval, 'bob')).toMatchObject({ refusal: expect.stringContaining('bob made') });
    expect(await room.put(approval)).toMatchObject({ status: 'refused' });
    expect([await inForce(), (await look(promotion)).outcome]).toEqual(['strict', 'open']);
    expect(await room.vote(approval, 'ann')).toMatchObject({ outcome: 'approved' });
    for (const attempt of ['the first', 'one after a result that was lost']) {
      const { status, wakes } = await room.put(approval);
      expect([attempt, status, ofOther(wakes)]).toEqual([attempt, 'in-force', [promotion]]);
    }
    expect(await inForce()).toBe('lax');
    expect(await look(promotion)).toMatchObject({
      outcome: 'void',
      reason: 'what it is about is no longer in force: policy',
    });
  });

  it('wakes what other projects ask about where nobody is asked, and ends none of their changes', async () => {
    await other.apply(other.commit('ann', { file: { members: team, changes } }), 'ann');
    const change = await other.asked('bob', { policy: { description: 'lax' } }, 'bob');
    const promotion = await openPromotion();
    const { wakes } = await room.apply(
      room.commit('ann', { ...strict, file: { ...house, changes: undefined } }),
      'ada',
    );
    expect(ofOther(wakes)).toEqual([change, promotion].toSorted());
    expect(await look(change)).toMatchObject({ outcome: 'open' });
    expect(await look(promotion)).toMatchObject({ outcome: 'void' });
    expect((await other.apply(other.commit('ann', { file: { description: 'more' } }))).wakes).toEqual([]);
  });

  it('is without a policy once the file is taken away', async () => {
    await add();
    const approval = await room.asked('bob', { others: { 'policy.yaml': null } }, 'bob');
    await room.vote(approval, 'ann');
    await room.put(approval);
    expect(await inForce()).toBeNull();
    expect(await room.deps.projects.organisation()).toMatchObject({ name: room.project });
  });

  it('is turned off by an administrator, after those who are in force said yes', async () => {
    await add();
    const promotion = await openPromotion();
    const models = [{ name: 'late', path: 'models/late' }];
    const commit = room.commit('bob', { file: { organisation: undefined, models } });
    await expect(room.apply(commit, 'cy')).rejects.toMatchObject({
      code: 'FORBIDDEN',
      message: expect.stringContaining('is turned off by an administrator alone'),
    });
    const { change } = await room.apply(commit, 'ada');
    expect(change?.differences).toEqual([{ part: 'organisation', name: null, kind: 'removed' }]);
    expect(await inForce()).toBe('strict');
    await room.vote(change?.approval ?? '', 'ann');
    const { status, wakes } = await room.put(change?.approval ?? '');
    expect([status, ofOther(wakes)]).toEqual(['in-force', [promotion]]);
    expect([await inForce(), await room.deps.projects.organisation()]).toEqual([null, undefined]);
    expect(await look(promotion)).toMatchObject({ outcome: 'void' });
  });

  it('is not applied with a policy that is wrong', async () => {
    await add();
    const rules = [{ name: 'a', require: 'metrics.test.rocAuk.value > 0' }];
    const commit = room.commit('bob', { others: { 'policy.yaml': { version: 1, rules } } });
    await expect(room.apply(commit)).rejects.toMatchObject({
      code: 'CONFIG_INVALID',
      message: expect.stringContaining('policy.yaml:'),
    });
    expect(await inForce()).toBe('strict');
  });
}
