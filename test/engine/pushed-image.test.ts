import { MockActivityEnvironment } from '@temporalio/testing';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { createAgentTarget } from '../../activities/adapters/engine-agent/create-agent-target.js';
import { rescanImage } from '../../activities/endpoints/rescan-image.js';
import { buildOfImage } from '../../activities/endpoints/watched-image.js';
import type { ImageRef } from '../../domain/ports/deployment-target.js';
import { scanArchive } from '../../workers/images/scan-archive.js';
import { codeOf } from '../conformance/error-code.js';
import { describeEngine } from './engine-room.js';
import { openRegistry, type RegistryRoom } from './registry-room.js';
import { advisories, openReleaseOnEngine, type ReleaseOnEngine } from './release-on-engine.js';

const quiet = new AbortController().signal;
let registry: RegistryRoom;
let on: ReleaseOnEngine;
let image: ImageRef;

describeEngine('the image of a release, where there is a registry', () => {
  beforeAll(async () => {
    registry = await openRegistry();
    on = await openReleaseOnEngine(`test-push-${process.pid}`, `${registry.address}/ratchet`);
  });
  afterAll(async () => {
    await on.close();
    await registry.close();
  });

  it('is pushed, and signed, proven and run by the digest of the registry', async () => {
    const { plan, image: made } = await on.makeImage('a');
    image = made;
    expect(image.repository).toBe(`${registry.address}/ratchet/tiny/live`);
    expect(await registry.manifest('ratchet/tiny/live', image.digest)).toBe(200);
    const step = (await on.room.stores.releases.steps('a')).find(({ name }) => name === 'image');
    expect(step?.reason).toBe(`${image.digest}; in ${image.repository}`);
    const { digests } = await buildOfImage(on.room.blobs, image);
    expect([digests.length, digests[1]]).toEqual([2, image.digest]);

    const target = createAgentTarget({ engine: on.engineAgent, proveImage: on.prove });
    const wanted = await on.wantedOf(plan, image);
    expect(await target.deploy(wanted, quiet)).toMatchObject({ replicas: [{ state: 'ready' }] });
    await target.remove(wanted, quiet);
  });

  it('is the same there, under one tag, when it is released again', async () => {
    const again = await on.makeImage('b');
    expect(again.image).toMatchObject({ digest: image.digest, repository: image.repository });
    const [{ RepoTags } = { RepoTags: [] }] = await on.engineRoom.docker.listImages({
      filters: { reference: [image.repository ?? ''] },
    });
    expect(RepoTags).toHaveLength(1);
  });

  it('is scanned again as it is live', async () => {
    const deps = { ...on.room.deps, blobs: on.room.blobs, engine: on.engineAgent, advisories, scanArchive };
    const built = await buildOfImage(on.room.blobs, image);
    const policy = { text: 'version: 1\ndatabase: { oldest: 9000 days }\n', file: 'p' };
    const about = { project: 'tiny', endpoint: 'live', image, built, policy, advisories: null };
    const scan = await new MockActivityEnvironment().run(() => rescanImage(deps, about, quiet));
    expect(scan).toMatchObject({ verdict: 'pass', imageDigest: image.digest });
    const other = { ...about, built: { ...built, digests: [image.digest] } };
    expect(await codeOf(rescanImage(deps, other, quiet))).toBe('IMAGE_HOSTILE');
  });

  it('stays with the engine while it is named by the digest of the registry, and then goes with its tag', async () => {
    const { engine, docker } = on.engineRoom;
    const filters = { reference: [image.repository ?? ''] };
    await engine.pruneImages([image.digest]);
    expect(await docker.listImages({ filters })).toHaveLength(1);
    expect(await engine.pruneImages([], 60 * 60 * 1000)).toBe(0);
    expect(await engine.pruneImages([])).toBeGreaterThan(0);
    expect(await docker.listImages({ filters })).toEqual([]);
  });

  it('is not released where the registry does not take it', async () => {
    await registry.close();
    const refused = on.makeImage('c');
    await expect(refused).rejects.toMatchObject({ type: 'PART_UNAVAILABLE' });
  });
});
