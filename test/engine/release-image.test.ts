import { afterAll, beforeAll, expect, it } from 'vitest';
import { createAgentTarget } from '../../activities/adapters/engine-agent/create-agent-target.js';
import { describeEngine } from './engine-room.js';
import { openReleaseOnEngine, type ReleaseOnEngine } from './release-on-engine.js';

const quiet = new AbortController().signal;
let on: ReleaseOnEngine;

describeEngine('the image of a release on an engine', () => {
  beforeAll(async () => {
    on = await openReleaseOnEngine(`test-release-${process.pid}`);
  });
  afterAll(() => on.close());

  it('is built, scanned, signed, proven and run, and no other image is run in its place', async () => {
    const { plan, image } = await on.makeImage('a');
    const steps = await on.room.stores.releases.steps('a');
    expect(steps.map(({ name, status }) => [name, status])).toEqual([
      ['prepare', 'succeeded'],
      ['image', 'succeeded'],
      ['scan', 'succeeded'],
    ]);
    expect(steps[1]?.reason).toContain('; no registry is set, so that it is not pushed');
    expect(steps.at(-1)?.reason).toMatch(/^\d{2,} packages, 0 findings, 0 of them excepted: pass$/);
    expect(await on.room.blobs.listStaged('runs/')).toEqual([]);

    const target = createAgentTarget({ engine: on.engineAgent, proveImage: on.prove });
    const wanted = await on.wantedOf(plan, image);
    const observed = await target.deploy(wanted, quiet);
    expect(observed).toMatchObject({ revision: 'a', replicas: [{ state: 'ready' }] });
    const answer = await fetch(`${observed.at?.http}/v2/health/ready`);
    expect(answer.status).toBe(200);

    on.verbs.length = 0;
    const other = { ...image, digest: `sha256:${'0'.repeat(64)}` };
    await expect(
      target.deploy({ ...wanted, revision: 'b', ordinal: 2, image: other }, quiet),
    ).rejects.toMatchObject({
      code: 'IMAGE_REFUSED',
      message: expect.stringContaining('it is about another image'),
    });
    expect(on.verbs).toEqual([]);
    await target.remove(wanted, quiet);
    expect((await target.observe(wanted)).replicas).toEqual([]);
  });
});
