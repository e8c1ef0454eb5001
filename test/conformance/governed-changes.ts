import { beforeEach, expect, it } from 'vitest';
import { loadDatasetDefinition } from '../../activities/data/index.js';
import { putChange } from '../../activities/projects/put-change.js';
import { governedDiff } from '../../domain/changes/governed-diff.js';
import type { GovernedParts, PartsInForce } from '../../domain/changes/governed-parts.js';
import type { BlobRef } from '../../domain/ports/blobs.js';
import { projectFiles } from '../activities/data/small-project.js';
import { ChangesRoom, type ChangesStores, memberNamed, type Person, team } from './changes-room.js';

const changes = { role: 'reviewer', quorum: 1 };
const sourcesAtFirst = projectFiles()['ratchet.project.yaml'] as { sources: Record<string, object> };
const oneMore = { ...sourcesAtFirst.sources, second: { kind: 'repository', path: 'data' } };

/** What a change of a project goes through, on the stores that are given. */
export function governedChangesConformance(make: () => Promise<ChangesStores>): void {
  let room: ChangesRoom;
  let first: string;
  let putSigningKey: ChangesStores['putSigningKey'];
  beforeEach(async () => {
    const stores = await make();
    ({ putSigningKey } = stores);
    room = await ChangesRoom.open(stores);
    first = room.commit('ann', { file: { members: team, changes }, policy: { description: 'strict' } });
    expect(await room.apply(first, 'ada')).toMatchObject({ change: null, asks: null });
  });

  it('puts all of a new project in force at once, with its members and policies', async () => {
    expect(await room.inForce()).toEqual({
      commit: first,
      models: ['late'],
      asks: true,
      sources: ['company', 'lake', 'own'],
      members: ['ann: reviewer', 'bob: reviewer', 'cy: reviewer'],
      policy: 'strict',
    });
  });

  it('gives nobody a role that they wrote themselves', async () => {
    const before = await room.inForce();
    const members = [...team, memberNamed('mallory', 'admin', 'reviewer')];
    const approval = await room.asked('mallory', { file: { members } });
    expect(await room.inForce()).toEqual(before);
    const { refusal } = await room.vote(approval, 'mallory');
    expect(refusal).toContain(`mallory is not a member of ${room.project}`);
    expect(await room.put(approval)).toMatchObject({ status: 'refused', reason: `${approval} is open` });
    expect(await room.inForce()).toEqual(before);
    // A stranger wrote it and a program did not: two people outside its authors, and not the one who applied it.
    expect(await room.vote(approval, 'cy')).toMatchObject({
      refusal: expect.stringContaining('may not vote'),
    });
    expect(await room.vote(approval, 'ann')).toMatchObject({ outcome: 'open', refusal: null });
    expect(await room.vote(approval, 'bob')).toMatchObject({ outcome: 'approved', refusal: null });
    expect(await room.put(approval)).toMatchObject({ status: 'in-force' });
    expect((await room.inForce()).members).toContain('mallory: admin reviewer');
  });

  it('keeps for reviewers exactly what its digests are of', async () => {
    const approval = await room.asked('bob', { policy: { description: 'lax' } });
    const { digests, exhibits } = await room.deps.approvals.get(approval);
    expect([exhibits.inForce?.sha256, exhibits.wanted?.sha256]).toEqual([digests.policy, digests.change]);
    const [inForce, wanted] = await Promise.all(
      [exhibits.inForce, exhibits.wanted].map((ref) => room.deps.blobs.getJson(ref as BlobRef)),
    );
    const { commit, governed } = inForce as PartsInForce;
    expect(commit).toBe(first);
    expect(governedDiff(governed, wanted as GovernedParts)).toMatchObject([
      { part: 'policies', name: 'late', kind: 'changed', diff: expect.stringContaining('+description: lax') },
    ]);
  });

  it('lets no author of a change approve it, and one other member', async () => {
    const approval = await room.asked('bob', { policy: { description: 'lax' } });
    expect(await room.vote(approval, 'bob')).toMatchObject({
      outcome: 'open',
      refusal: expect.stringContaining('bob made what is to be approved'),
    });
    expect((await room.inForce()).policy).toBe('strict');
    expect(await room.vote(approval, 'ann')).toMatchObject({ outcome: 'approved' });
    await room.put(approval);
    expect((await room.inForce()).policy).toBe('lax');
  });

  it('lets nobody approve the policy that brings a program of theirs in force', async () => {
    const programs = [{ name: 'size', path: 'checks', command: ['sh', 'size.sh'] }];
    room.commit('ann', { others: { 'checks/size.sh': 'exit 0' } });
    const approval = await room.asked('bob', { policy: { description: 'sized', programs } });
    expect(await room.vote(approval, 'ann')).toMatchObject({
      outcome: 'open',
      refusal: expect.stringContaining('ann made what is to be approved'),
    });
    expect(await room.vote(approval, 'cy')).toMatchObject({ refusal: expect.stringContaining('cy made') });
  });

  it('needs the people who are in force to turn them off, and stays as it was when they reject it', async () => {
    const before = await room.inForce();
    const approval = await room.asked('bob', { file: { changes: undefined, members: [] }, policy: null });
    expect(await room.vote(approval, 'ann', 'reject')).toMatchObject({ outcome: 'rejected' });
    expect(await room.put(approval)).toMatchObject({ status: 'refused', reason: `${approval} is rejected` });
    expect(await room.inForce()).toEqual(before);
    const again = await room.asked('bob', {});
    expect(await room.vote(again, 'ann')).toMatchObject({ outcome: 'approved' });
    await room.put(again);
    expect(await room.inForce()).toMatchObject({ asks: false, members: [], policy: null });
    const last = room.commit('mallory', { file: { members: [memberNamed('mallory')] } });
    expect((await room.apply(last)).change).toBeNull();
  });

  it('has new models at once, and refuses a source that waits for approval in a run', async () => {
    const cars = { ...(projectFiles()['tables/cars.yaml'] as object), source: 'second' };
    const edit = { file: { sources: oneMore, description: 'more' }, others: { 'tables/cars.yaml': cars } };
    const commit = room.commit('bob', edit);
    const { change } = await room.apply(commit);
    const { repo, project } = room;
    const run = { project, repo, commit, modelPath: 'models/late' };
    await expect(loadDatasetDefinition(room.deps, run)).rejects.toMatchObject({
      code: 'SOURCE_UNKNOWN',
      message: expect.stringMatching(/source second .* waits for approval.*in force are company, lake, own/),
    });
    expect((await room.deps.projects.get(project)).config.description).toBe('more');
    const earlier = await loadDatasetDefinition(room.deps, { ...run, commit: first });
    expect(earlier.tables).toHaveLength(3);
    await room.vote(change?.approval ?? '', 'ann');
    await room.put(change?.approval ?? '');
    const { tables } = await loadDatasetDefinition(room.deps, run);
    expect(tables.map(({ config }) => config.source)).toContain('second');
  });

  it('reads a source as it is in force, where a commit has another one of its name', async () => {
    const lake = { kind: 's3', bucket: 'elsewhere', credentials: 'secret://lake' };
    const commit = room.commit('bob', { file: { sources: { ...sourcesAtFirst.sources, lake } } });
    await room.apply(commit);
    const { repo, project } = room;
    const run = { project, repo, commit, modelPath: 'models/late' };
    const { tables } = await loadDatasetDefinition(room.deps, run);
    expect(tables.map(({ source }) => source)).toContainEqual(expect.objectContaining({ bucket: 'lake' }));
  });

  it('asks about the newest change alone, and lists what waits', async () => {
    const older = await room.asked('bob', { policy: { description: 'lax' } });
    const { change, wakes } = await room.apply(room.commit('bob', { policy: { description: 'laxer' } }));
    expect(wakes).toEqual([older]);
    const { project } = room;
    const { approvals } = await room.deps.approvals.list({ project, kind: 'change', status: 'open' });
    expect(approvals.map(({ id }) => id)).toEqual([change?.approval]);
    expect(await room.deps.approvals.get(older)).toMatchObject({ status: 'superseded' });
    expect(change?.differences).toEqual([{ part: 'policies', name: 'late', kind: 'changed' }]);
    const back = room.commit('bob', { policy: { description: 'strict' } });
    expect(await room.apply(back)).toMatchObject({ change: null, wakes: [change?.approval] });
    expect((await room.inForce()).commit).toBe(back);
  });

  it('goes on asking about a change when a later commit changes models only', async () => {
    const approval = await room.asked('bob', { policy: { description: 'lax' } });
    expect(await room.asked('bob', { file: { description: 'more' } })).toBe(approval);
    await room.vote(approval, 'ann');
    await room.put(approval);
    const { config } = await room.deps.projects.get(room.project);
    expect([config.description, (await room.inForce()).policy]).toEqual(['more', 'lax']);
  });

  it('puts nothing in force that says another thing than what was approved', async () => {
    const approval = await room.asked('bob', { policy: { description: 'lax' } });
    await room.vote(approval, 'ann');
    const commit = approval.split('@')[1]?.split('/')[0] ?? '';
    const file = 'models/late/policy.yaml';
    room.trees[commit] = { ...room.trees[commit], [file]: 'version: 1\ndescription: laxer\n' };
    expect(await room.put(approval)).toMatchObject({
      status: 'refused',
      reason: 'its commit does not say what was approved',
    });
    expect((await room.inForce()).policy).toBe('strict');
    const [refused] = await room.deps.audit.list({ project: room.project, action: 'change.refused' });
    expect(refused).toMatchObject({ subject: approval });
  });

  it('is void when something else came in force meanwhile', async () => {
    const approval = await room.asked('bob', { policy: { description: 'lax' } });
    const { project } = room;
    await room.deps.policies.putInForce({ project, model: 'late', commit: first }, null);
    expect(await room.vote(approval, 'ann')).toMatchObject({ outcome: 'void' });
  });

  it('judges the votes again: a row that says approved is not enough', async () => {
    const approval = await room.asked('bob', { policy: { description: 'lax' } });
    await room.deps.approvals.end(approval, 'approved', 'says who');
    expect(await room.put(approval)).toMatchObject({
      status: 'refused',
      reason: expect.stringContaining('do not approve it'),
    });
    expect((await room.inForce()).policy).toBe('strict');
  });

  it('looks into the repository again for who made it: an author set that leaves its author out is not enough', async () => {
    const honest = await room.asked('bob', { policy: { description: 'lax' } });
    const { id: _, ...asked } = await room.deps.approvals.get(honest);
    const authorSet = { authors: [], strangers: [], machineStarted: false };
    const { id } = await room.deps.approvals.open({ ...asked, round: 2, authorSet });
    expect(await room.vote(id, 'bob')).toMatchObject({ outcome: 'approved', refusal: null });
    expect(await room.put(id)).toMatchObject({
      status: 'refused',
      reason: expect.stringContaining('bob made what is to be approved'),
    });
    expect((await room.inForce()).policy).toBe('strict');
  });

  it('counts an approval once, also where what it followed is in force again', async () => {
    const approval = await room.asked('bob', { policy: { description: 'lax' } });
    await room.vote(approval, 'ann');
    expect(await room.put(approval)).toMatchObject({ status: 'in-force' });
    expect(await room.put(approval)).toMatchObject({ status: 'in-force' });
    const { change } = await room.apply(first);
    await room.vote(change?.approval ?? '', 'ann');
    expect(await room.put(change?.approval ?? '')).toMatchObject({ status: 'in-force' });
    expect(await room.inForce()).toMatchObject({ commit: first, policy: 'strict' });
    expect(await room.put(approval)).toMatchObject({ status: 'refused' });
    expect((await room.inForce()).policy).toBe('strict');
  });

  it('counts it once also where the process ended just after it was put in force, and before it said so', async () => {
    const approval = await room.asked('bob', { file: { changes: undefined } });
    await room.vote(approval, 'ann');
    const { projects } = room.deps;
    const put: typeof projects.put = async (...given) => {
      await projects.put(...given);
      throw new Error('killed');
    };
    const dying = putChange({ ...room.deps, projects: { ...projects, put } }, { approval });
    await expect(dying).rejects.toThrow('killed');
    // Nobody is asked, so anybody may bring back what the approval followed.
    expect(await room.apply(first)).toMatchObject({ change: null });
    expect((await room.inForce()).asks).toBe(true);
    expect(await room.put(approval)).toMatchObject({
      status: 'refused',
      reason: `${approval} was put in force before, and counts once`,
    });
    expect((await room.inForce()).asks).toBe(true);
  });

  it('leaves a project alone that belongs to another repository, and tells its members and administrators', async () => {
    const before = await room.inForce();
    const thief = { repo: '/repositories/thief' };
    const message = `project "${room.project}" belongs to another repository`;
    for (const by of ['ada', 'ann'] as const) {
      await expect(room.apply(first, by, thief)).rejects.toMatchObject({ code: 'CONFLICT', message });
    }
    expect(await room.inForce()).toEqual(before);
  });

  it('is not there for who may not read it: another repository that names it is refused as one that names nothing known', async () => {
    const own = await ChangesRoom.open({ ...room.deps, putSigningKey, project: `${room.project}-own` });
    await own.apply(own.commit('mallory', { file: { members: [memberNamed('mallory', 'admin')] } }), 'ada');
    const refused = async (project: string, changes = {}, by: Person | null = 'mallory') => {
      const taken = own.apply(own.commit('mallory', { file: { project } }), by, changes);
      const error: unknown = await taken.catch((reason) => reason);
      expect(error).toMatchObject({ code: 'FORBIDDEN' });
      return error instanceof Error ? error.message.replace(project, '<project>') : '';
    };
    const before = await room.inForce();
    const nothing = await refused(`${room.project}-new`);
    expect(nothing).toContain('a project is added by an administrator');
    expect(await refused(room.project)).toBe(nothing);
    const narrowed = { onlyProject: own.project };
    expect(await refused(room.project, narrowed, 'ann')).toBe(nothing);
    expect(await refused(`${room.project}-new`, narrowed, 'ada')).toBe(nothing);
    expect(await refused(`${room.project}-new`, {}, null)).toBe(nothing);
    const names = (await room.deps.projects.list()).map(({ name }) => name);
    expect(names).not.toContain(`${room.project}-new`);
    expect(await room.inForce()).toEqual(before);
    const added = own.commit('mallory', { file: { project: `${room.project}-new` } });
    expect(await own.apply(added, 'ada')).toMatchObject({ project: `${room.project}-new` });
  });
}
