import { chmod, mkdtemp } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { createEnvironments } from '../../../activities/adapters/environments/create-environments.js';
import type { BuiltApplication } from '../../../domain/lifecycle/release-serving.js';
import { makeRunPlace, type RunPlace } from '../adapters/launcher/run-place.js';
import { openReleaseRoom, type ReleaseRoom } from './release-room.js';

/** The API and the steps of an application around the tiny model. */
const code = (changes: { version?: string; output?: string; postprocess?: string } = {}) => `
export const application = {
  api: {
    version: '${changes.version ?? '1.0'}',
    input: { x: { type: 'number' }, y: { type: 'number' } },
    output: { ${changes.output ?? 'chance'}: { type: 'number' } },
  },
  metrics: {},
  examples: [{ x: 1, y: 2 }],
  preprocess: (row: { x: number; y: number }) => ({ x: row.x, y: row.y }),
  postprocess: (prediction: unknown) => (${changes.postprocess ?? `{ ${changes.output ?? 'chance'}: Number(prediction) }`}),
};
`;
const passing = `import { test } from 'node:test'; test('adds', () => { console.log('all is well'); });`;
const failing = `import { test } from 'node:test'; test('adds', () => { throw new Error('one and one are three'); });`;
const manifest = JSON.stringify({
  name: 'app',
  private: true,
  type: 'module',
  scripts: { test: 'node --test' },
});

const filesOf = (application: string, tests = passing) => ({
  'app/package.json': manifest,
  'app/src/application.ts': application,
  'app/src/application.test.ts': tests,
});

let place: RunPlace;
beforeAll(async () => {
  place = await makeRunPlace();
});
afterAll(() => place.remove());

const rooms: ReleaseRoom[] = [];
afterEach(async () => {
  for (const room of rooms.splice(0)) await room.close();
});

/** The release of an application, prepared, with the real launcher. */
async function prepared(files: Readonly<Record<string, string>>) {
  const workDir = await mkdtemp(join(place.base, 'work-'));
  await chmod(workDir, 0o755);
  const changes = {
    workDir,
    launcher: place.launcher,
    environments: createEnvironments({ stateDir: place.stateDir }),
  };
  const room = await openReleaseRoom({ files, changes });
  rooms.push(room);
  await room.declare({ application: { path: 'app' } });
  await room.crown();
  const input = await room.begin('a');
  return { room, release: { ...input, plan: await room.work('prepareRelease', input) } };
}

const stepOf = async (room: ReleaseRoom, name: string) =>
  (await room.stores.releases.steps('a')).find((step) => step.name === name);

describe('serving code', () => {
  it('is built and tested in the sandbox, with its log on the release, and answers through its model', async () => {
    const { room, release } = await prepared(filesOf(code()));
    const built = await room.work('testApplication', release);
    expect(built.bundle).toMatchObject({ sha256: expect.stringMatching(/^[0-9a-f]{64}$/) });
    expect(await stepOf(room, 'test')).toMatchObject({
      status: 'succeeded',
      reason: expect.stringMatching(/^its tests passed in \d+\.\d s, isolation (container|namespace|uid)$/),
    });
    const [log] = await room.stores.releases.logs('a');
    const text = Buffer.from(await room.blobs.getBytes(log as never)).toString();
    expect(text).toContain('all is well');
    await room.work('checkContract', { ...release, built });
    expect(await stepOf(room, 'contract')).toMatchObject({
      status: 'succeeded',
      reason: 'API 1.0: 1 examples and 50 real rows were answered',
    });
  });

  it('that was built before by this release is not built again', async () => {
    const { room, release } = await prepared(filesOf(code()));
    const built = await room.work('testApplication', release);
    expect(await room.work('testApplication', release)).toEqual(built);
    expect(await room.stores.releases.logs('a')).toHaveLength(1);
  });

  it('whose own test fails is told with the end of its log, which is kept', async () => {
    const { room, release } = await prepared(filesOf(code(), failing));
    await expect(room.work('testApplication', release)).rejects.toMatchObject({
      type: 'APPLICATION_FAILED',
      message: expect.stringContaining('one and one are three'),
      nonRetryable: true,
    });
    expect(await stepOf(room, 'test')).toMatchObject({ status: 'failed' });
    expect(await room.stores.releases.logs('a')).toMatchObject([{ step: 'test' }]);
  });

  it('that is no TypeScript is told without that anything ran', async () => {
    const { room, release } = await prepared(filesOf('export const application = {'));
    await expect(room.work('testApplication', release)).rejects.toMatchObject({
      type: expect.stringMatching(/^APPLICATION_(INVALID|FAILED)$/),
    });
    expect(await room.stores.releases.logs('a')).toEqual([]);
  });

  it('whose answers are of another form than its API says is refused', async () => {
    const { room, release } = await prepared(filesOf(code({ postprocess: '{ chance: "high" }' })));
    const built = await room.work('testApplication', release);
    await expect(room.work('checkContract', { ...release, built })).rejects.toMatchObject({
      type: 'API_BROKEN',
    });
    expect(await stepOf(room, 'contract')).toMatchObject({ status: 'refused' });
  });

  it('that is not in the repository ends the release before anything is built', async () => {
    await expect(prepared({ 'other/package.json': manifest })).rejects.toThrow(/application.path names app/);
  });
});

describe('the API of what is live', () => {
  async function releasedAfter(version: string, output: string) {
    const first = await prepared(filesOf(code()));
    const before = await first.room.work('testApplication', first.release);
    const next = await prepared(filesOf(code({ version, output })));
    const built = await next.room.work('testApplication', next.release);
    const live = await next.room.blobs.putBytes(await first.room.blobs.getBytes(before.bundle as never));
    return { next, built, live };
  }
  async function contractAfter(
    live: BuiltApplication,
    next: Awaited<ReturnType<typeof prepared>>,
    built: BuiltApplication,
  ) {
    await next.room.work('closeRelease', { ...next.release, status: 'failed', reason: 'not yet' });
    await next.room.ship('live', 'deploy', live);
    const { releaseId: _, ...at } = next.release;
    const again = { ...at, ...(await next.room.begin('b')) };
    return next.room.work('checkContract', { ...again, built });
  }

  it('is not broken by a release without a word, field by field', async () => {
    const { next, built, live } = await releasedAfter('1.1', 'risk');
    await expect(contractAfter({ bundle: live }, next, built)).rejects.toMatchObject({
      type: 'API_BROKEN',
      message: expect.stringContaining('chance'),
    });
  });

  it('may be broken by one whose version says so', async () => {
    const { next, built, live } = await releasedAfter('2.0', 'risk');
    await contractAfter({ bundle: live }, next, built);
    const steps = await next.room.stores.releases.steps('b');
    expect(steps).toMatchObject([
      { name: 'contract', reason: expect.stringContaining('it breaks, as it says') },
    ]);
  });

  it('may be exchanged for that of an application, where the stock one was live', async () => {
    const next = await prepared(filesOf(code()));
    const built = await next.room.work('testApplication', next.release);
    await contractAfter({ bundle: null }, next, built);
  });
});

describe('a release without an image', () => {
  it('is refused where the endpoint asks for one', async () => {
    const { room, release } = await prepared(filesOf(code()));
    const asked = room.work('buildImage', { ...release, built: { bundle: null } });
    await expect(asked).rejects.toMatchObject({ type: 'IMAGE_REFUSED' });
    expect(await stepOf(room, 'image')).toMatchObject({ status: 'refused' });
  });
});
