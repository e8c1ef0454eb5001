import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { project } from '../policy/policy-room.js';
import { endpoint, openReleaseRoom, type ReleaseRoom } from './release-room.js';

const name = { project, endpoint };

let room: ReleaseRoom;
beforeEach(async () => {
  room = await openReleaseRoom();
  await room.declare();
});
afterEach(() => room.close());

const liveNow = async () => (await room.stores.endpoints.revisions(name)).find(({ until }) => until === null);

describe('the line of an endpoint', () => {
  it('lets one release go on, holds the next, and ends the one between with the newest', async () => {
    const [first, second, third] = [await room.begin('a'), await room.begin('b'), await room.begin('c')];
    expect(await room.work('takeReleaseTurn', first)).toEqual({ kind: 'go', wakes: [] });
    expect(await room.work('takeReleaseTurn', second)).toMatchObject({ kind: 'wait', for: 'a' });
    expect(await room.work('takeReleaseTurn', third)).toEqual({
      ...{ kind: 'wait', for: 'a' },
      wakes: [`release/${project}/${endpoint}/b`],
    });
    expect(await room.work('takeReleaseTurn', second)).toMatchObject({ kind: 'over', status: 'cancelled' });
    const ended = { ...first, status: 'failed', reason: 'it broke' } as const;
    expect(await room.work('closeRelease', ended)).toEqual({ wakes: [`release/${project}/${endpoint}/c`] });
    expect(await room.work('takeReleaseTurn', third)).toMatchObject({ kind: 'go' });
  });
});

describe('what a release does', () => {
  it('is the champion with the settings of the file, and is written on its row', async () => {
    const version = await room.crown();
    const plan = await room.work('prepareRelease', await room.begin('a'));
    expect(plan).toMatchObject({
      ...{ kind: 'deploy', model: 'tiny', modelVersion: version, application: null, kept: null },
      wanted: {
        revision: 'a',
        models: [{ model: 'tiny', version, alias: 'champion' }],
        limits: { timeoutMs: 10_000, mostBodyBytes: 64 * 2 ** 20 },
        health: { readyWithinMs: 60_000, drainMs: 10_000 },
      },
      samples: { inputs: ['x', 'y'] },
    });
    expect(await room.stores.releases.get('a')).toMatchObject({ modelVersion: version, commit: null });
    expect(await room.stores.releases.steps('a')).toMatchObject([{ name: 'prepare', status: 'succeeded' }]);
  });

  it('cannot be said while nothing is champion, and of an endpoint that is retired', async () => {
    const input = await room.begin('a');
    await expect(room.work('prepareRelease', input)).rejects.toThrow(/no version of tiny\/tiny is champion/);
    expect(await room.stores.releases.steps('a')).toMatchObject([{ name: 'prepare', status: 'failed' }]);
    await room.crown();
    await room.stores.endpoints.declare(project, 'c'.repeat(40), [], 'git');
    await expect(room.work('prepareRelease', input)).rejects.toThrow(/is retired/);
  });

  it('is to go back to what was live with another model before, however often it was scaled', async () => {
    await room.crown();
    await room.ship('a');
    await room.crown();
    await room.ship('b');
    await room.stores.endpoints.scale(name, 3, 'ann');
    await room.ship('c', 'scale');
    expect(await liveNow()).toMatchObject({ revision: 'c', modelVersion: 2, wanted: { replicas: 3 } });
    const plan = await room.ship('d', 'rollback');
    expect(plan).toMatchObject({ modelVersion: 1, kept: { application: null }, wanted: { replicas: 3 } });
    expect(await liveNow()).toMatchObject({ revision: 'd', modelVersion: 1 });
    expect(room.target.started).toEqual(['a', 'b', 'c', 'd']);
  });

  it.each(['rollback', 'scale'] as const)('cannot be a %s where nothing is live', async (kind) => {
    await room.crown();
    await expect(room.work('prepareRelease', await room.begin('a', kind))).rejects.toMatchObject({
      type: 'CONFLICT',
    });
  });

  it('takes the code of the revision before with it', async () => {
    const [old, fresh] = await Promise.all([room.blobs.putJson('old'), room.blobs.putJson('fresh')]);
    await room.crown();
    await room.ship('a', 'deploy', { bundle: old });
    await room.ship('b', 'deploy', { bundle: fresh });
    expect((await room.ship('c', 'rollback')).kept).toEqual({ application: old, image: null });
  });
});

describe('a deployment', () => {
  it('is begun a second time by a new attempt, and started once', async () => {
    await room.crown();
    const input = await room.begin('a');
    const plan = await room.work('prepareRelease', input);
    const asked = { ...input, plan, parts: { application: null, image: null } };
    const first = await room.work('deployRevision', asked);
    expect(await room.work('deployRevision', asked)).toEqual(first);
    await room.work('recordRevision', { ...input, plan, deployed: first });
    await room.work('recordRevision', { ...input, plan, deployed: first });
    expect(room.target.started).toEqual(['a']);
    expect(await room.stores.endpoints.revisions(name)).toHaveLength(1);
  });

  it('that does not do well is taken back: what was live is wanted again, newer than what was tried', async () => {
    await room.crown();
    await room.ship('a');
    const before = await room.stores.endpoints.wanted(name);
    const input = await room.begin('b');
    const plan = await room.work('prepareRelease', input);
    room.target.broken.add('b');
    const asked = { ...input, plan, parts: { application: null, image: null } };
    await expect(room.work('deployRevision', asked)).rejects.toMatchObject({ type: 'DEPLOY_FAILED' });
    expect(await room.stores.releases.refusals('b')).toMatchObject([{ rule: 'DEPLOY_FAILED' }]);
    const restore = { ...name, releaseId: 'b', round: 0, target: 'process' } as const;
    expect(await room.work('restoreRevision', restore)).toBe('a');
    expect(await room.work('restoreRevision', restore)).toBe('a');
    expect(await room.stores.endpoints.wanted(name)).toMatchObject({
      revision: 'a',
      ordinal: (before?.ordinal ?? 0) + 2,
    });
    // It never stopped, so it was not started again.
    expect(room.target.started).toEqual(['a', 'b']);
    expect(await liveNow()).toMatchObject({ revision: 'a' });
  });

  it('that does not do well where nothing was live leaves nothing', async () => {
    await room.crown();
    const input = await room.begin('a');
    const plan = await room.work('prepareRelease', input);
    await room.work('deployRevision', { ...input, plan, parts: { application: null, image: null } });
    const restore = { ...name, releaseId: 'a', round: 0, target: 'process' } as const;
    expect(await room.work('restoreRevision', restore)).toBeNull();
    expect(await room.target.list()).toEqual([]);
  });

  it('to a target that is not there says which there are', async () => {
    await room.declare({ target: 'swarm' });
    await room.crown();
    const input = await room.begin('a');
    const plan = await room.work('prepareRelease', input);
    const asked = { ...input, plan, parts: { application: null, image: null } };
    await expect(room.work('deployRevision', asked)).rejects.toThrow(/no target swarm; it has process/);
  });
});

describe('the look after endpoints', () => {
  const nothing = { brought: 0, removed: 0, failed: 0 };

  it('leaves alone what is as it should be, and what a release is at work on', async () => {
    await room.crown();
    await room.ship('a');
    expect(await room.work('bringEndpoints')).toEqual(nothing);
    await room.target.remove(name);
    await room.begin('b');
    expect(await room.work('bringEndpoints')).toEqual(nothing);
  });

  it('deploys the live revision again where it is gone', async () => {
    await room.crown();
    await room.ship('a');
    await room.target.remove(name);
    expect(await room.work('bringEndpoints')).toEqual({ ...nothing, brought: 1 });
    expect(await room.target.observe(name)).toMatchObject({ revision: 'a' });
  });

  it('deploys the live revision again where a replica of it ended for good', async () => {
    await room.crown();
    await room.ship('a');
    room.target.hasFailed = true;
    expect(await room.work('bringEndpoints')).toEqual({ ...nothing, brought: 1 });
    expect(await room.work('bringEndpoints')).toEqual(nothing);
  });

  it('brings back what is live where a release ended in the middle of a deployment', async () => {
    await room.crown();
    await room.ship('a');
    const input = await room.begin('b');
    const plan = await room.work('prepareRelease', input);
    await room.work('deployRevision', { ...input, plan, parts: { application: null, image: null } });
    await room.work('closeRelease', { ...input, status: 'failed', reason: 'terminated' });
    expect(await room.work('bringEndpoints')).toEqual({ ...nothing, brought: 1 });
    expect(await room.target.observe(name)).toMatchObject({ revision: 'a' });
    expect(await room.work('bringEndpoints')).toEqual(nothing);
  });

  it('ends what is retired, with the end in the record, and what never was live', async () => {
    await room.crown();
    await room.ship('a');
    await room.stores.endpoints.declare(project, 'c'.repeat(40), [], 'git');
    expect(await room.work('bringEndpoints')).toEqual({ ...nothing, removed: 1 });
    expect(await room.target.list()).toEqual([]);
    expect(await liveNow()).toBeUndefined();
    expect(await room.work('bringEndpoints')).toEqual(nothing);
  });

  it('goes on with the others where one cannot be brought to what is wanted', async () => {
    await room.crown();
    await room.ship('a');
    await room.target.remove(name);
    room.target.broken.add('a');
    expect(await room.work('bringEndpoints')).toEqual({ ...nothing, failed: 1 });
  });
});

describe('the watch of an endpoint', () => {
  const watch = `watch/${project}/${endpoint}`;

  it('begins where a release made something live, and not where it failed', async () => {
    await room.crown();
    await room.work('closeRelease', { ...(await room.begin('a')), status: 'failed', reason: 'terminated' });
    expect(room.started).toEqual([]);
    await room.ship('b');
    expect(room.started).toEqual([watch]);
  });

  it('is asked for again in every round for what is live, and not for what is retired', async () => {
    await room.crown();
    await room.ship('a');
    await room.work('reconcileOpenReleases');
    expect(room.started).toEqual([watch, watch]);
    await room.stores.endpoints.declare(project, 'c'.repeat(40), [], 'git');
    await room.work('reconcileOpenReleases');
    expect(room.started).toEqual([watch, watch]);
  });
});

describe('the word to people', () => {
  it('says how a release ended, and of a cancelled one nothing', async () => {
    await room.crown();
    const input = await room.begin('a');
    await room.work('closeRelease', {
      ...input,
      status: 'failed',
      reason: 'APPLICATION_FAILED: one test fails',
    });
    await room.work('tellOfRelease', { releaseId: 'a' });
    expect(room.told).toMatchObject([{ kind: 'release.failed', project }]);
    await room.work('closeRelease', { ...(await room.begin('b')), status: 'cancelled', reason: 'cancelled' });
    await room.work('tellOfRelease', { releaseId: 'b' });
    expect(room.told).toHaveLength(1);
  });
});
