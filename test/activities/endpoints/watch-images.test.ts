import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { images, newBase, openWatchRoom, type WatchRoom } from './watch-room.js';

let watched: WatchRoom;
beforeEach(async () => {
  watched = await openWatchRoom();
});
afterEach(() => watched.close());

/** Ends an opened release as a workflow would. */
const end = (releaseId: string, status: 'refused' | 'succeeded') =>
  watched.room.stores.releases.setStatus(releaseId, status, 'it ended');

describe('images that are live', () => {
  it('are none where nothing was released, and no agent is asked', async () => {
    expect(await watched.watch()).toEqual({ live: 0, scanned: 0, failed: 0, events: [] });
    expect(watched.asked).toEqual([]);
    expect(await watched.count()).toEqual({ live: 0, everRan: false });
  });

  it('are scanned once, and again only where the advisories are others', async () => {
    await watched.ship('a');
    expect(await watched.watch()).toEqual({ live: 1, scanned: 1, failed: 0, events: [] });
    expect(await watched.watch()).toEqual({ live: 1, scanned: 0, failed: 0, events: [] });
    await watched.advise('ADV-1', '1.0.0');
    expect(await watched.watch()).toMatchObject({ scanned: 1, events: [] });
    expect(await watched.scans()).toMatchObject([{ verdict: 'pass', packages: 2, refused: [] }]);
    expect(await watched.room.blobs.listStaged('runs/')).toEqual([]);
  });

  it('that would not pass any more are one event, however often that is found', async () => {
    await watched.ship('a');
    await watched.advise('ADV-1', '5.0.0');
    const { events } = await watched.watch();
    expect(events).toMatchObject([
      {
        project: 'tiny',
        endpoint: 'live',
        name: 'advisories',
        about: 'ADV-1 in hono 4.13.19 (fixed in 5.0.0)',
      },
    ]);
    await watched.advise('ADV-2', '1.0.0');
    const again = await watched.watch();
    expect(again).toMatchObject({ scanned: 1, events: [{ key: events[0]?.key }] });
    const [first] = await watched.open(events);
    expect(first?.releaseId).toMatch(/^tiny\.live\.advisories-[0-9a-f]{12}-[0-9a-f]{12}$/);
    expect(await watched.open(again.events)).toEqual([first]);
    const release = await watched.room.stores.releases.get(first?.releaseId ?? '');
    expect(release.causes).toMatchObject([
      { kind: 'event', facts: { name: 'advisories', source: 'watch-images', id: events[0]?.about } },
    ]);
  });

  it('start no release that mends nothing again: a refused one is over for that state of things', async () => {
    await watched.ship('a');
    await watched.advise('ADV-1');
    const { events } = await watched.watch();
    const [opened] = await watched.open(events);
    expect((await watched.watch()).events).toEqual([]);
    await end(opened?.releaseId ?? '', 'refused');
    await watched.advise('ADV-2', '1.0.0');
    expect(await watched.open((await watched.watch()).events)).toEqual([]);
    // Now there is something that it was not tried for.
    await watched.advise('ADV-1', '5.0.0');
    expect(await watched.open((await watched.watch()).events)).toHaveLength(1);
  });

  it('that would be built on another base are one event, with what is refused of them', async () => {
    await watched.ship('a');
    watched.engine.base = newBase;
    const { events } = await watched.watch();
    expect(events).toMatchObject([{ name: 'base-image', about: newBase }]);
    expect((await watched.watch()).events).toMatchObject([{ key: events[0]?.key }]);
    await watched.advise('ADV-1', '5.0.0');
    const both = await watched.watch();
    expect(both.events).toHaveLength(1);
    expect(both.events).toMatchObject([{ name: 'base-image' }]);
    expect(both.events[0]?.key).not.toBe(events[0]?.key);
  });

  it('are well again once another image is live', async () => {
    await watched.ship('a');
    watched.engine.base = newBase;
    watched.engine.made = images.other;
    await watched.ship('b');
    expect((await watched.watch()).events).toEqual([]);
  });

  it('that somebody went back to are left alone, also when they are scaled since', async () => {
    await watched.ship('a');
    watched.engine.made = images.other;
    await watched.ship('b');
    await watched.ship('c', 'rollback');
    watched.engine.base = newBase;
    await watched.advise('ADV-1', '5.0.0');
    expect(await watched.watch()).toMatchObject({ scanned: 1, events: [] });
    await watched.ship('d', 'scale');
    expect((await watched.watch()).events).toEqual([]);
    expect(await watched.scans()).toMatchObject([{ verdict: 'fail' }]);
  });

  it('that the engine has lost hold nobody up, and are looked at again', async () => {
    await watched.ship('a');
    watched.engine.isLost = true;
    expect(await watched.watch()).toEqual({ live: 1, scanned: 0, failed: 1, events: [] });
    expect(await watched.scans()).toEqual([]);
    watched.engine.isLost = false;
    expect(await watched.watch()).toMatchObject({ scanned: 1, failed: 0 });
  });

  it('and those one step back stay with the engine, and older ones go once no release is at work', async () => {
    for (const [id, made] of Object.entries(images)) {
      watched.engine.made = made;
      await watched.ship(id);
    }
    const revisions = await watched.room.stores.endpoints.revisions({ project: 'tiny', endpoint: 'live' });
    const digests = revisions.map(({ imageDigest }) => imageDigest);
    expect(new Set(digests).size).toBe(3);
    const { releaseId } = await watched.room.begin('open');
    expect(await watched.prune()).toEqual({ removed: 0 });
    expect(watched.pruned).toEqual([]);
    await end(releaseId, 'refused');
    expect(await watched.prune()).toEqual({ removed: 1 });
    expect(watched.pruned).toEqual([{ keep: digests.slice(0, 2), youngestMs: 24 * 60 * 60 * 1000 }]);
    await watched.room.stores.endpoints.declare('tiny', 'c'.repeat(40), [], 'git');
    await watched.prune();
    expect(watched.pruned.at(-1)).toMatchObject({ keep: [] });
    expect(await watched.count()).toEqual({ live: 0, everRan: true });
  });

  it('are told of once a state: to the owner and to whoever runs the platform', async () => {
    const { accounts } = watched.room.stores;
    await accounts.putMembers('tiny', 'c'.repeat(40), [
      { account: 'ida', roles: ['it-operations'], emails: [] },
      { account: 'rex', roles: ['reviewer'], emails: [] },
    ]);
    await watched.ship('a');
    await watched.watch();
    await watched.tell();
    expect(watched.room.told.filter(({ kind }) => kind === 'image.refused')).toEqual([]);
    await watched.advise('ADV-1', '5.0.0');
    for (const id of ['ADV-2', 'ADV-3']) {
      await watched.watch();
      await watched.tell();
      await watched.advise(id, '1.0.0');
    }
    const told = watched.room.told.filter(({ kind }) => kind === 'image.refused');
    expect(new Set(told.map(({ key }) => key)).size).toBe(1);
    expect(told[0]).toMatchObject({ project: 'tiny', to: ['ida'], state: 'failure' });
    expect(told[0]?.lines).toContain('refused: ADV-1 in hono 4.13.19 (fixed in 5.0.0)');
  });
});
